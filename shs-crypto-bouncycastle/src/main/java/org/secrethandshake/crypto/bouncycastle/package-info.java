/** The pure-Java crypto backend, on Bouncy Castle. */
@NullMarked
package org.secrethandshake.crypto.bouncycastle;

import org.jspecify.annotations.NullMarked;
