/**
 * Blocking channels over any transport: what most applications use.
 *
 * <p>{@link org.secrethandshake.channel.SecretHandshake} is where to begin.
 */
@NullMarked
package org.secrethandshake.channel;

import org.jspecify.annotations.NullMarked;
