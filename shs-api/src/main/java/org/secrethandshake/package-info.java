/** Keys, exceptions and the choice of a crypto backend: what every user of the protocol touches. */
@NullMarked
package org.secrethandshake;

import org.jspecify.annotations.NullMarked;
