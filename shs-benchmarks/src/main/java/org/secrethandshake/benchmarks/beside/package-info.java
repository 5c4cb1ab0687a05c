/**
 * Other implementations, measured in the same run: libsodium in C, and the JavaScript reference.
 */
@NullMarked
package org.secrethandshake.benchmarks.beside;

import org.jspecify.annotations.NullMarked;
