package org.secrethandshake.site;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;

/** The Javadoc of all modules that applications use, as one whole. */
final class Javadoc {
  /** The modules, by the folders of their artifacts. */
  static final Map<String, String> MODULES =
      new TreeMap<>(
          Map.of(
              "org.secrethandshake", "shs-api",
              "org.secrethandshake.core", "shs-core",
              "org.secrethandshake.crypto.bouncycastle", "shs-crypto-bouncycastle",
              "org.secrethandshake.crypto.primitives", "shs-crypto-primitives",
              "org.secrethandshake.crypto.sodium", "shs-crypto-sodium",
              "org.secrethandshake.crypto.tink", "shs-crypto-tink",
              "org.secrethandshake.testkit", "shs-testkit"));

  private Javadoc() {}

  /**
   * Writes it.
   *
   * @param root of the repository
   * @param libraries the jars that the modules need, separated as in a class path
   * @throws IOException if the tool fails, with what it says
   */
  static void write(Path root, Path folder, String libraries) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                folder.toString(),
                "-quiet",
                "-notimestamp",
                "-Xdoclint:none",
                "-encoding",
                "UTF-8",
                "-windowtitle",
                "Secret Handshake for Java",
                "--module-path",
                libraries,
                "--module",
                String.join(",", MODULES.keySet())));
    MODULES.forEach(
        (module, artifact) -> {
          arguments.add("--module-source-path");
          arguments.add(module + "=" + root.resolve(artifact).resolve("src/main/java"));
        });
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int code =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IOException("this JDK has no javadoc"))
            .run(out, out, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IOException(said.toString());
    }
  }
}
