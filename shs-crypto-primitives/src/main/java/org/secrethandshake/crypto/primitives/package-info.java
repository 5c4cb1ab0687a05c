/**
 * The strict Ed25519 key rule and the curve form, in a field of its own, and secretbox, on Bouncy
 * Castle's lightweight API.
 */
@NullMarked
package org.secrethandshake.crypto.primitives;

import org.jspecify.annotations.NullMarked;
