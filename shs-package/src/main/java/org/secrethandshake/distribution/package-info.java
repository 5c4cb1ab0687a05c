/** What is made of the command's model for an installation: manual pages and completions. */
@NullMarked
package org.secrethandshake.distribution;

import org.jspecify.annotations.NullMarked;
