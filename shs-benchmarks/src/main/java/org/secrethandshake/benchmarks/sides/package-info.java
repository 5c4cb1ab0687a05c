/** Both sides of a handshake, for all that measures one. */
@NullMarked
package org.secrethandshake.benchmarks.sides;

import org.jspecify.annotations.NullMarked;
