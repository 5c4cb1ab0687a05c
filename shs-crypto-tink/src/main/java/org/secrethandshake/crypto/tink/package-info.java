/** The crypto backend on Tink and the JDK. */
@NullMarked
package org.secrethandshake.crypto.tink;

import org.jspecify.annotations.NullMarked;
