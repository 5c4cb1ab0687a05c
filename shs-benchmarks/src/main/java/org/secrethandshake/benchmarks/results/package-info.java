/** Figures and what was measured of them. */
@NullMarked
package org.secrethandshake.benchmarks.results;

import org.jspecify.annotations.NullMarked;
