package org.secrethandshake.site;

import java.nio.file.Path;

/** The checkout that is being built, and where its site is made. */
final class Project {
  static final Path ROOT =
      Path.of(System.getProperty("shs.root", "..")).toAbsolutePath().normalize();

  static final Path SITE = ROOT.resolve("shs-site/target/site");

  private Project() {}
}
