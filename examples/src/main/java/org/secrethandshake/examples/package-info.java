/** Short programs to read and to begin with. Nothing in here is meant to be used as a library. */
@NullMarked
package org.secrethandshake.examples;

import org.jspecify.annotations.NullMarked;
