/** JUnit 5 contracts and vectors with which any crypto backend proves itself. */
module org.secrethandshake.testkit {
  requires jdk.management;
  requires org.junit.jupiter.params;
  requires transitive org.junit.jupiter.api;
  requires transitive org.secrethandshake;
  requires static transitive org.jspecify;

  exports org.secrethandshake.testkit;

  // JUnit finds the tests of the contracts by reflection.
  opens org.secrethandshake.testkit;
}
