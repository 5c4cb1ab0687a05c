/** The native crypto backend, on libsodium. */
@NullMarked
package org.secrethandshake.crypto.sodium;

import org.jspecify.annotations.NullMarked;
