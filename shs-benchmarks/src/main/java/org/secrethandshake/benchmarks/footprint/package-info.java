/** Programs for what JMH cannot see: starts from cold, memory at rest, size on disk. */
@NullMarked
package org.secrethandshake.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
