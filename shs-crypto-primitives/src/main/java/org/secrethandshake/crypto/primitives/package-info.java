/**
 * The strict Ed25519 key rule, the curve form and secretbox, on Bouncy Castle's lightweight API.
 */
@NullMarked
package org.secrethandshake.crypto.primitives;

import org.jspecify.annotations.NullMarked;
