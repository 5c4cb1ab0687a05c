/** The command of the benchmark jar. */
@NullMarked
package org.secrethandshake.benchmarks;

import org.jspecify.annotations.NullMarked;
