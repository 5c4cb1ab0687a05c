package org.secrethandshake.conformance;

import com.google.gson.annotations.SerializedName;
import java.nio.file.Path;
import java.util.List;

/** The published vectors that we use, with the fields that we use. */
public final class Wycheproof {
  private Wycheproof() {}

  public record Signatures(@SerializedName("testGroups") List<SignatureGroup> groups) {
    public static List<SignatureGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_ed25519_test.json"), Signatures.class).groups();
    }
  }

  public record SignatureGroup(@SerializedName("publicKey") Key key, List<Signature> tests) {}

  public record Key(byte[] pk) {}

  public record Signature(@SerializedName("tcId") int id, byte[] msg, byte[] sig, String result) {
    public boolean isValid() {
      return result.equals("valid");
    }
  }

  public record Agreements(@SerializedName("testGroups") List<AgreementGroup> groups) {
    public static List<AgreementGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_x25519_test.json"), Agreements.class).groups();
    }
  }

  public record AgreementGroup(List<Agreement> tests) {}

  public record Agreement(
      @SerializedName("tcId") int id,
      @SerializedName("public") byte[] point,
      @SerializedName("private") byte[] scalar,
      byte[] shared) {}

  public record Tags(@SerializedName("testGroups") List<TagGroup> groups) {
    public static List<TagGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_hmac_sha512_test.json"), Tags.class).groups();
    }
  }

  public record TagGroup(List<Tag> tests) {}

  public record Tag(
      @SerializedName("tcId") int id, byte[] key, byte[] msg, byte[] tag, String result) {
    public boolean isValid() {
      return result.equals("valid");
    }
  }

  /** A case of ed25519-speccheck (Chalkias, Garillot, Nikolaenko, eprint 2020/1244). */
  public record SpecCheck(byte[] message, byte[] pubKey, byte[] signature) {
    public static List<SpecCheck> read(Path folder) {
      return List.of(Json.read(folder.resolve("ed25519_speccheck_cases.json"), SpecCheck[].class));
    }
  }
}
