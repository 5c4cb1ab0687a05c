/**
 * JMH benchmarks of the backends, the handshake, the box stream and the channel; their smoke run;
 * and what the report asks of them.
 */
@NullMarked
package org.secrethandshake.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
