/**
 * The strict Ed25519 key rule and the curve form, on Bouncy Castle's lightweight API, and a
 * secretbox that needs no library.
 */
@NullMarked
package org.secrethandshake.crypto.primitives;

import org.jspecify.annotations.NullMarked;
