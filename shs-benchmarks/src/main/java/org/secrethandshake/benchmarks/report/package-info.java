/** What was measured, how it is ranked, and the pages that are made of it. */
@NullMarked
package org.secrethandshake.benchmarks.report;

import org.jspecify.annotations.NullMarked;
