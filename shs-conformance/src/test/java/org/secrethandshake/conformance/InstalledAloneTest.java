package org.secrethandshake.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.secrethandshake.CryptoProviders;
import org.secrethandshake.spi.CryptoProvider;

/** A user who adds one backend to the path gets that one, and need not name it. */
class InstalledAloneTest {
  @BackendTest
  void isTheOnlyInstalledBackendOnTheClassPath(CryptoProvider backend) throws Exception {
    String chosen = new InstalledAlone(backend).runOnTheClassPath();

    assertTrue(chosen.startsWith(backend.name() + " from unnamed module"), chosen);
  }

  @BackendTest
  void isTheOnlyInstalledBackendOnTheModulePath(CryptoProvider backend) throws Exception {
    String chosen = new InstalledAlone(backend).runOnTheModulePath();

    String module = "org.secrethandshake.crypto." + backend.name();
    assertEquals(backend.name() + " from module " + module, chosen);
  }

  @BackendTest
  void bringsNoOtherBackendAlong(CryptoProvider backend) throws Exception {
    Set<String> others = new TreeSet<>(new InstalledAlone(backend).artifacts());
    others.remove(InstalledAlone.artifactOf(backend));
    others.retainAll(backendArtifacts());

    assertEquals(Set.of(), others);
  }

  @Test
  void severalBackendsAreInstalledHere() {
    assertEquals(CryptoProviders.installed().size(), backendArtifacts().size());
    assertTrue(backendArtifacts().size() > 1, () -> backendArtifacts().toString());
  }

  private static Set<String> backendArtifacts() {
    return CryptoProviders.installed().stream()
        .map(InstalledAlone::artifactOf)
        .collect(Collectors.toSet());
  }
}
