/** The strict Ed25519 key rule with the curve form, and secretbox, in arithmetic of our own. */
@NullMarked
package org.secrethandshake.crypto.primitives;

import org.jspecify.annotations.NullMarked;
