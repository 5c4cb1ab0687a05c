package org.secrethandshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.secrethandshake.spi.CryptoProvider;
import org.secrethandshake.spi.CryptoProviderException;

class CryptoProvidersTest {
  private static final String ALPHA = InstalledProviders.Alpha.class.getName();
  private static final String BETA = InstalledProviders.Beta.class.getName();
  private static final String SECOND_ALPHA = InstalledProviders.SecondAlpha.class.getName();
  private static final String UNAVAILABLE = InstalledProviders.Unavailable.class.getName();
  private static final String MISSING = "org.secrethandshake.NoSuchClass";

  private final Path folder;
  private final List<InstalledProviders> installed = new ArrayList<>();

  CryptoProvidersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void restore() throws IOException {
    System.clearProperty(CryptoProviders.PROPERTY);
    for (InstalledProviders providers : installed) {
      providers.close();
    }
  }

  @Test
  void saysWhatToAddWhenNoneIsInstalled() throws IOException {
    install();
    assertEquals(List.of(), CryptoProviders.installed());
    String message = message(refusal(CryptoProviders::onlyInstalled));
    assertTrue(
        message.startsWith(
            "No crypto backend is installed. Add one to the class path or module path, such as"
                + " org.secrethandshake:shs-crypto-bouncycastle. Searched: "),
        message);
  }

  @Test
  void takesTheOnlyOne() throws IOException {
    install(ALPHA);
    assertEquals("alpha", CryptoProviders.onlyInstalled().name());
  }

  @Test
  void choosesNoneOfTwo() throws IOException {
    install(ALPHA, BETA);
    assertEquals(
        "Installed: alpha (available); beta (available). Several crypto backends are installed"
            + " and none is chosen: call CryptoProviders.named(NAME), set -Dshs.crypto=NAME, or"
            + " keep only one of them on the path.",
        refusal(CryptoProviders::onlyInstalled).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha", "beta"})
  void takesTheOneThatThePropertyNames(String name) throws IOException {
    System.setProperty(CryptoProviders.PROPERTY, name);
    install(ALPHA, BETA);
    assertEquals(name, CryptoProviders.onlyInstalled().name());
  }

  @Test
  void takesNoOtherWhenThePropertyNamesAMissingOne() throws IOException {
    System.setProperty(CryptoProviders.PROPERTY, "sodium");
    install(ALPHA);
    String message = message(refusal(CryptoProviders::onlyInstalled));
    assertTrue(
        message.startsWith(
            "No crypto backend named 'sodium' is installed. Installed: alpha (available). Add"
                + " org.secrethandshake:shs-crypto-sodium to the class path or module path."),
        message);
  }

  @Test
  void findsByName() throws IOException {
    install(ALPHA, BETA);
    assertEquals("beta", CryptoProviders.named("beta").name());
    assertTrue(
        message(refusal(() -> CryptoProviders.named("BETA")))
            .startsWith("No crypto backend named 'BETA' is installed."));
  }

  @Test
  void listsWhatIsInstalledWhenANameIsUnknown() throws IOException {
    install(ALPHA, UNAVAILABLE);
    String message = message(refusal(() -> CryptoProviders.named("tink")));
    assertTrue(
        message.startsWith(
            "No crypto backend named 'tink' is installed. Installed: alpha (available);"
                + " unavailable (not available: libfake is not there; install it). Add"
                + " org.secrethandshake:shs-crypto-tink to the class path or module path."),
        message);
  }

  @Test
  void inventsNoCoordinatesForANameThatItDoesNotKnow() throws IOException {
    install(ALPHA);
    String message = message(refusal(() -> CryptoProviders.named("nope")));
    assertTrue(
        message.startsWith(
            "No crypto backend named 'nope' is installed. Installed: alpha (available). Check the"
                + " name: the backends of this project are bouncycastle, sodium, tink."),
        message);
    assertFalse(message.contains("shs-crypto-nope"), message);
  }

  @Test
  void saysWhyABackendIsNotAvailableThatGivesNoSentence() throws IOException {
    install(InstalledProviders.Speechless.class.getName());
    assertEquals(
        "The crypto backend 'speechless' is installed but not available: stack overflow",
        refusal(CryptoProviders::onlyInstalled).getMessage());
  }

  @Test
  void reportsAnUnavailableOneWithItsCause() throws IOException {
    install(UNAVAILABLE);
    for (CryptoProviderException e :
        List.of(
            refusal(CryptoProviders::onlyInstalled),
            refusal(() -> CryptoProviders.named("unavailable")))) {
      assertEquals(
          "The crypto backend 'unavailable' is installed but not available: libfake is not"
              + " there; install it",
          e.getMessage());
      assertInstanceOf(UnsatisfiedLinkError.class, e.getCause());
    }
  }

  @Test
  void neverFallsBackFromAnUnavailableOne() throws IOException {
    install(UNAVAILABLE, ALPHA);
    assertTrue(
        message(refusal(CryptoProviders::onlyInstalled))
            .contains("Several crypto backends are installed and none is chosen"));
    System.setProperty(CryptoProviders.PROPERTY, "unavailable");
    assertTrue(
        message(refusal(CryptoProviders::onlyInstalled))
            .startsWith("The crypto backend 'unavailable' is installed but not available"));
  }

  static Stream<String> unloadable() {
    return Stream.of(
        MISSING,
        InstalledProviders.ThrowingConstructor.class.getName(),
        InstalledProviders.ThrowingInitializer.class.getName(),
        CryptoProvidersTest.class.getName());
  }

  @ParameterizedTest
  @MethodSource("unloadable")
  void countsOneThatCannotBeLoadedAsInstalledAndStillSeesTheOthers(String className)
      throws IOException {
    install(ALPHA, className, BETA);
    List<CryptoProvider> found = CryptoProviders.installed();
    assertEquals(
        List.of("alpha", "unloadable", "beta"), found.stream().map(CryptoProvider::name).toList());
    assertInstanceOf(
        ServiceConfigurationError.class, found.get(1).unavailability().orElseThrow().getCause());
    assertEquals("beta", CryptoProviders.named("beta").name());
  }

  @ParameterizedTest
  @MethodSource("unloadable")
  void neverFallsBackFromOneThatCannotBeLoaded(String className) throws IOException {
    install(className, ALPHA);
    String message = message(refusal(CryptoProviders::onlyInstalled));
    assertTrue(message.startsWith("Installed: unloadable (not available: "), message);
    assertTrue(message.contains("; alpha (available). Several crypto backends"), message);
  }

  @Test
  void countsAnUnreadableServicesFileAsOneInstalled() throws IOException {
    install("not a class name");
    assertEquals(
        List.of("unloadable"),
        CryptoProviders.installed().stream().map(CryptoProvider::name).toList());
  }

  @Test
  void reportsTheCauseFromEveryOperationOfOneThatCannotBeLoaded() throws IOException {
    install(MISSING);
    CryptoProvider unloadable = CryptoProviders.installed().get(0);
    Throwable cause = unloadable.unavailability().orElseThrow();
    assertEquals(
        "A crypto backend is registered and cannot be loaded: Provider " + MISSING + " not found.",
        cause.getMessage());
    byte[] bytes = new byte[32];
    for (Executable operation :
        List.<Executable>of(
            () -> unloadable.randomBytes(bytes),
            () -> unloadable.signPublicKey(bytes, bytes),
            () -> unloadable.sign(bytes, bytes, bytes, bytes),
            () -> unloadable.verifyKey(bytes),
            () -> unloadable.scalarMultBase(bytes, bytes),
            () -> unloadable.scalarMult(bytes, bytes, bytes),
            () -> unloadable.signSeedToScalar(bytes, bytes),
            () -> unloadable.auth(bytes, bytes, bytes),
            () -> unloadable.hash(bytes, bytes),
            () -> unloadable.secretBox(bytes))) {
      CryptoProviderException e = refusal(operation);
      assertEquals("This crypto backend could not be loaded.", e.getMessage());
      assertSame(cause, e.getCause());
    }
  }

  @Test
  void refusesAmbiguousNames() throws IOException {
    install(ALPHA, SECOND_ALPHA);
    assertEquals(
        "2 crypto backends call themselves 'alpha': [%s, %s]. Keep one of them on the path."
            .formatted(ALPHA, SECOND_ALPHA),
        refusal(() -> CryptoProviders.named("alpha")).getMessage());
  }

  private void install(String... classNames) throws IOException {
    installed.add(new InstalledProviders(folder, List.of(classNames)));
  }

  private static CryptoProviderException refusal(Executable choice) {
    return assertThrows(CryptoProviderException.class, choice);
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }
}
