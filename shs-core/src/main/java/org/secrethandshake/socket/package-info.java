/**
 * Sockets for libraries and programs that know nothing of Secret Handshake and take a {@link
 * javax.net.SocketFactory} or {@link javax.net.ServerSocketFactory}.
 *
 * <p>{@link org.secrethandshake.socket.SecretSocketFactory} and {@link
 * org.secrethandshake.socket.SecretServerSocketFactory} are where to begin.
 */
@NullMarked
package org.secrethandshake.socket;

import org.jspecify.annotations.NullMarked;
