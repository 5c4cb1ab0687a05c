/** Makes the documentation site of the repository's Markdown files. */
@NullMarked
package org.secrethandshake.site;

import org.jspecify.annotations.NullMarked;
