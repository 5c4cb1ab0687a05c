package org.secrethandshake.conformance.report;

import java.util.List;

/**
 * A part of the report.
 *
 * @param title its heading
 * @param text what its rows are about, in a sentence or two
 * @param questions its rows
 */
record Section(String title, String text, List<Question> questions) {}
