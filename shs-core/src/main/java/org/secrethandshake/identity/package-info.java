/**
 * How identities are written down: multiserver addresses, which say where and who a server is, and
 * Scuttlebutt key files, which keep an identity's secret. Network keys have files of their own.
 */
@NullMarked
package org.secrethandshake.identity;

import org.jspecify.annotations.NullMarked;
