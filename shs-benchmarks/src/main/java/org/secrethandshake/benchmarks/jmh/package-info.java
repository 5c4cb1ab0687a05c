/** JMH benchmarks of the backends, the handshake, the box stream and the channel. */
@NullMarked
package org.secrethandshake.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
