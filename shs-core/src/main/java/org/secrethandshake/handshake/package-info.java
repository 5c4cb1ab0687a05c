/**
 * The four messages of the handshake (protocol guide, "Handshake") as a state machine without
 * sockets, threads or a clock.
 *
 * <p>{@link org.secrethandshake.handshake.Endpoint} is our end's configuration. It makes a {@link
 * org.secrethandshake.handshake.ClientHandshake} or a {@link
 * org.secrethandshake.handshake.ServerHandshake}, which the caller feeds with bytes from any
 * transport until it gives a {@link org.secrethandshake.handshake.Session}.
 */
@NullMarked
package org.secrethandshake.handshake;

import org.jspecify.annotations.NullMarked;
