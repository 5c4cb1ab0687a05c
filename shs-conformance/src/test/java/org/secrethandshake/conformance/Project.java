package org.secrethandshake.conformance;

import java.nio.file.Path;

/** Where the other modules and the reference are, in the checkout that is being built. */
public final class Project {
  public static final Path ROOT =
      Path.of(System.getProperty("shs.root", "..")).toAbsolutePath().normalize();

  /** The reference: vectors, live peers and the forwarder (see its README). */
  static final Path INTEROP = ROOT.resolve("interop");

  private Project() {}
}
