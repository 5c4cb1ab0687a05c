package org.secrethandshake.conformance;

import com.google.gson.annotations.SerializedName;
import java.nio.file.Path;
import java.util.List;

/** The published vectors that we use, with the fields that we use. */
final class Wycheproof {
  private Wycheproof() {}

  record Signatures(@SerializedName("testGroups") List<SignatureGroup> groups) {
    static List<SignatureGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_ed25519_test.json"), Signatures.class).groups();
    }
  }

  record SignatureGroup(@SerializedName("publicKey") Key key, List<Signature> tests) {}

  record Key(byte[] pk) {}

  record Signature(@SerializedName("tcId") int id, byte[] msg, byte[] sig, String result) {
    boolean isValid() {
      return result.equals("valid");
    }
  }

  record Agreements(@SerializedName("testGroups") List<AgreementGroup> groups) {
    static List<AgreementGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_x25519_test.json"), Agreements.class).groups();
    }
  }

  record AgreementGroup(List<Agreement> tests) {}

  record Agreement(
      @SerializedName("tcId") int id,
      @SerializedName("public") byte[] point,
      @SerializedName("private") byte[] scalar,
      byte[] shared) {}

  record Tags(@SerializedName("testGroups") List<TagGroup> groups) {
    static List<TagGroup> read(Path folder) {
      return Json.read(folder.resolve("wycheproof_hmac_sha512_test.json"), Tags.class).groups();
    }
  }

  record TagGroup(List<Tag> tests) {}

  record Tag(@SerializedName("tcId") int id, byte[] key, byte[] msg, byte[] tag, String result) {
    boolean isValid() {
      return result.equals("valid");
    }
  }

  /** A case of ed25519-speccheck (Chalkias, Garillot, Nikolaenko, eprint 2020/1244). */
  record SpecCheck(byte[] message, byte[] pubKey, byte[] signature) {
    static List<SpecCheck> read(Path folder) {
      return List.of(Json.read(folder.resolve("ed25519_speccheck_cases.json"), SpecCheck[].class));
    }
  }
}
