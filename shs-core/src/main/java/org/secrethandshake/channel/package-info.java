/** placeholder */
@NullMarked
package org.secrethandshake.channel;

import org.jspecify.annotations.NullMarked;
