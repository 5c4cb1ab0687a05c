package org.secrethandshake.benchmarks.results;

/**
 * One thing that is measured of each subject.
 *
 * @param section where it stands, which gives its unit
 * @param variant what tells it from the others of its section, such as {@code "4096 bytes"}; empty
 *     where it is the only one
 */
public record Figure(Section section, String variant) {}
