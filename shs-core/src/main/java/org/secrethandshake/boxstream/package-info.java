/**
 * The box stream codec: what protects the bytes after the handshake (protocol guide, "Box stream").
 *
 * <p>No sockets, no threads, no clock. {@link org.secrethandshake.boxstream.Boxer} turns plaintext
 * into packets, {@link org.secrethandshake.boxstream.Unboxer} turns them back.
 */
@NullMarked
package org.secrethandshake.boxstream;

import org.jspecify.annotations.NullMarked;
