package org.secrethandshake.site.samples;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.secrethandshake.BoxStreamException;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.channel.ServerCounters;

/** The meters of the page on operating a server. */
final class MicrometerSamples {
  private MicrometerSamples() {}

  // @start region="bind"
  static void bind(MeterRegistry registry, ServerCounters counters) {
    Gauge.builder("shs.channels.open", counters, ServerCounters::openChannels).register(registry);
    FunctionCounter.builder("shs.channels.opened", counters, ServerCounters::channelsOpened)
        .register(registry);
    FunctionCounter.builder("shs.accept.failures", counters, ServerCounters::acceptFailures)
        .register(registry);
    FunctionCounter.builder("shs.handlers.failed", counters, ServerCounters::handlersFailed)
        .register(registry);
    FunctionCounter.builder("shs.bytes.read", counters, ServerCounters::bytesRead)
        .register(registry);
    FunctionCounter.builder("shs.bytes.written", counters, ServerCounters::bytesWritten)
        .register(registry);
    FunctionCounter.builder("shs.handshakes.broken", counters, ServerCounters::handshakesBroken)
        .register(registry);
    for (HandshakeException.Reason reason : HandshakeException.Reason.values()) {
      FunctionCounter.builder("shs.handshakes.failed", counters, c -> c.handshakesFailed(reason))
          .tag("reason", reason.name())
          .register(registry);
    }
    for (BoxStreamException.Reason reason : BoxStreamException.Reason.values()) {
      FunctionCounter.builder("shs.channels.cut", counters, c -> c.channelsCut(reason))
          .tag("reason", reason.name())
          .register(registry);
    }
  }
  // @end
}
