/** The command {@code shs}. Nothing in here is meant to be used as a library. */
@NullMarked
package org.secrethandshake.cli;

import org.jspecify.annotations.NullMarked;
