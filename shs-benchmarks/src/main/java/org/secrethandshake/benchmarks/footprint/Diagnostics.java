package org.secrethandshake.benchmarks.footprint;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/** The diagnostic commands of this JVM, those of {@code jcmd}. */
final class Diagnostics {
  private Diagnostics() {}

  /** Runs a command without arguments; empty where this JVM does not have it. */
  static Optional<String> run(String command) throws JMException {
    try {
      Object answer =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  command,
                  new Object[0],
                  new String[0]);
      return Optional.of(answer.toString());
    } catch (InstanceNotFoundException | ReflectionException e) {
      return Optional.empty();
    }
  }
}
