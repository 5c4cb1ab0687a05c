/**
 * Secret Handshake in Netty pipelines.
 *
 * <p>{@link org.secrethandshake.netty.SecretHandshakeHandler} is where to begin.
 */
@NullMarked
package org.secrethandshake.netty;

import org.jspecify.annotations.NullMarked;
