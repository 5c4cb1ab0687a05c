/** The report: runs everything, ranks it, and writes it down. */
@NullMarked
package org.secrethandshake.benchmarks.report;

import org.jspecify.annotations.NullMarked;
