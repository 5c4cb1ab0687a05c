package org.secrethandshake.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.secrethandshake.HandshakeException;
import org.secrethandshake.HandshakeException.Reason;

class AuthorizerTest {
  private final Transports.Pair transports = Transports.pair();

  @Test
  void letsKnownClientsIn() throws Exception {
    Future<SecretChannel> client = dial();
    SecretChannel server = accept(Authorizer.only(Set.of(Peers.ALICE.publicKey())));
    assertEquals(Peers.ALICE.publicKey(), server.peer());
    assertEquals(Peers.BOB.publicKey(), client.get().peer());
  }

  @Test
  void refusesOthersSilently() {
    Future<SecretChannel> client = dial();
    assertReason(Reason.REFUSED, () -> accept(Authorizer.only(Set.of(Peers.BOB.publicKey()))));
    HandshakeException seen = refusalSeenBy(client);
    assertEquals(Reason.CLOSED_BY_PEER, seen.reason());
    assertTrue(
        seen.getMessage().contains("another key than the one that we dialled, or it refused"));
    assertFalse(transports.right().isOpen());
  }

  @Test
  void cannotBeToldFromAWrongServerKeyByTheClient() {
    Future<SecretChannel> refused = dial();
    assertThrows(HandshakeException.class, () -> accept(Authorizer.only(Set.of())));
    Transports.Pair others = Transports.pair();
    Future<SecretChannel> misdialled =
        Peers.THREADS.submit(() -> Peers.CLIENT.connect(others.left(), Peers.BOBS_KEY));
    assertReason(
        Reason.BAD_CLIENT_AUTH,
        () ->
            Peers.side(Peers.ALICE, Duration.ofSeconds(9))
                .accept(others.right(), Authorizer.anyone()));
    HandshakeException one = refusalSeenBy(refused);
    HandshakeException other = refusalSeenBy(misdialled);
    assertEquals(one.reason(), other.reason());
    assertEquals(one.getMessage(), other.getMessage());
  }

  /**
   * A directory of the application is found through it, and the thread serves others afterwards.
   */
  @Test
  void looksUpWithTheClassLoaderOfTheCaller() throws Exception {
    Thread caller = Thread.currentThread();
    ClassLoader own = caller.getContextClassLoader();
    ClassLoader application = new URLClassLoader(new URL[0], own);
    ClassLoader other = new URLClassLoader(new URL[0], own);
    List<ClassLoader> seen = new ArrayList<>();
    Authorizer lookup =
        client -> {
          seen.add(Thread.currentThread().getContextClassLoader());
          return Optional.empty();
        };
    caller.setContextClassLoader(application);
    try {
      lookup
          .on(
              task -> {
                caller.setContextClassLoader(other);
                task.run();
                seen.add(caller.getContextClassLoader());
              })
          .authorizeAsync(Peers.ALICE.publicKey(), null);
    } finally {
      caller.setContextClassLoader(own);
    }
    assertEquals(List.of(application, other), seen);
  }

  @Test
  void looksUpOnTheExecutorThatItWasGiven() throws Exception {
    CompletableFuture<Thread> lookup = new CompletableFuture<>();
    CompletableFuture<Thread> executor = new CompletableFuture<>();
    Authorizer slow =
        client -> {
          lookup.complete(Thread.currentThread());
          return Optional.of(client);
        };
    Authorizer elsewhere =
        slow.on(
            task ->
                Peers.THREADS.execute(
                    () -> {
                      executor.complete(Thread.currentThread());
                      task.run();
                    }));
    Future<SecretChannel> client = dial();
    assertEquals(Peers.ALICE.publicKey(), accept(elsewhere).peer());
    assertEquals(Peers.BOB.publicKey(), client.get().peer());
    assertSame(executor.get(), lookup.get());
    assertEquals(slow.authorize(Peers.ALICE.publicKey()), Optional.of(Peers.ALICE.publicKey()));
    assertEquals(
        elsewhere.authorize(Peers.ALICE.publicKey()),
        elsewhere.authorize(Peers.ALICE.publicKey(), Peers.anyPort()));
  }

  @Test
  void answersAlsoWhoAsksAndWaits() throws Exception {
    assertEquals(
        Optional.of(Peers.ALICE.publicKey()),
        Authorizer.anyone().authorize(Peers.ALICE.publicKey()));
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "AUTHORIZER_FAILED", "BAD_CLIENT_AUTH"})
  void isHeardOfNoSoonerThanAWrongServerKey(Reason reason) {
    SecretHandshake server = reason == Reason.BAD_CLIENT_AUTH ? Peers.CLIENT : Peers.SERVER;
    Authorizer authorizer =
        Authorizer.async(
            key -> {
              if (reason == Reason.AUTHORIZER_FAILED) {
                throw new IllegalStateException("the directory is down");
              }
              return CompletableFuture.completedFuture(Optional.empty());
            });
    long start = System.nanoTime();
    Future<SecretChannel> client = dial();
    assertReason(reason, () -> server.accept(transports.right(), authorizer));
    assertEquals(Reason.CLOSED_BY_PEER, refusalSeenBy(client).reason());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(RefusalTime.STEP) >= 0, "closed on after " + took);
  }

  @Test
  void isNotWaitedForWhenItsRefusalComesAtTheDeadline() {
    Duration shortest =
        IntStream.range(0, 5)
            .mapToObj(round -> waited(new RefusalTime(), 1))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    assertTrue(shortest.compareTo(RefusalTime.STEP) < 0, "waited for " + shortest);
  }

  private static Duration waited(RefusalTime time, long mostNanos) {
    long start = System.nanoTime();
    time.messageCame();
    time.await(mostNanos);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void mayAnswerLaterFromAnotherThread() throws Exception {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    Future<SecretChannel> client = dial();
    answer.completeOnTimeout(Optional.of("a friend"), 50, TimeUnit.MILLISECONDS);
    SecretChannel server = accept(Authorizer.async(key -> answer));
    assertEquals(Optional.of("a friend"), server.authorization(String.class));
    assertThrows(ClassCastException.class, () -> server.authorization(Integer.class));
    assertEquals(Optional.empty(), client.get().authorization(String.class));
  }

  @Test
  void isIgnoredWhenItAnswersAfterTheDeadline() {
    SecretHandshake hasty = Peers.side(Peers.BOB, Duration.ofMillis(100));
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    Future<SecretChannel> client = dial();
    assertReason(
        Reason.TIMEOUT, () -> hasty.accept(transports.right(), Authorizer.async(key -> answer)));
    assertFalse(answer.complete(Optional.of("too late")), "nobody waits for it any more");
    assertEquals(Reason.CLOSED_BY_PEER, refusalSeenBy(client).reason());
  }

  @Test
  void refusesTheClientWhenItThrows() {
    IllegalStateException cause = new IllegalStateException("the directory is down");
    Future<SecretChannel> client = dial();
    HandshakeException error =
        assertReason(
            Reason.AUTHORIZER_FAILED,
            () ->
                accept(
                    key -> {
                      throw cause;
                    }));
    assertSame(cause, error.getCause());
    assertEquals(Reason.CLOSED_BY_PEER, refusalSeenBy(client).reason());
  }

  @Test
  void refusesTheClientWhenItsAnswerIsNull() {
    Future<SecretChannel> client = dial();
    HandshakeException error =
        assertReason(
            Reason.AUTHORIZER_FAILED,
            () -> accept(Authorizer.async(key -> CompletableFuture.completedFuture(null))));
    assertTrue(error.getCause().getMessage().contains("no answer"));
    assertEquals(Reason.CLOSED_BY_PEER, refusalSeenBy(client).reason());
  }

  @Test
  void refusesTheClientWhenItsAnswerFails() {
    IllegalStateException cause = new IllegalStateException("the directory is down");
    Future<SecretChannel> client = dial();
    HandshakeException error =
        assertReason(
            Reason.AUTHORIZER_FAILED,
            () -> accept(Authorizer.async(key -> CompletableFuture.failedFuture(cause))));
    assertSame(cause, error.getCause());
    assertEquals(Reason.CLOSED_BY_PEER, refusalSeenBy(client).reason());
  }

  private Future<SecretChannel> dial() {
    return Peers.THREADS.submit(() -> Peers.CLIENT.connect(transports.left(), Peers.BOBS_KEY));
  }

  private SecretChannel accept(Authorizer authorizer) throws Exception {
    return Peers.SERVER.accept(transports.right(), authorizer);
  }

  private static HandshakeException refusalSeenBy(Future<SecretChannel> client) {
    ExecutionException error = assertThrows(ExecutionException.class, client::get);
    return assertInstanceOf(HandshakeException.class, error.getCause());
  }

  private static HandshakeException assertReason(
      Reason expected, org.junit.jupiter.api.function.Executable call) {
    HandshakeException error = assertThrows(HandshakeException.class, call);
    assertEquals(expected, error.reason());
    return error;
  }
}
