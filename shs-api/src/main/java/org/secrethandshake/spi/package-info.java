/**
 * The service provider interface between the protocol and its crypto backends.
 *
 * <p>A backend supplies the six NaCl operations that the protocol is made of. It composes nothing:
 * framing, nonces, key derivation and the order of messages belong to the protocol.
 */
@NullMarked
package org.secrethandshake.spi;

import org.jspecify.annotations.NullMarked;
