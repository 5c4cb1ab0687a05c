package org.secrethandshake.benchmarks.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void endsAProgramThatTakesTooLong() {
    Child child = new Child("The sleeper", List.of("sh", "-c", "sleep 600"));
    NotMeasuredException late =
        assertThrows(NotMeasuredException.class, () -> child.run(Duration.ofSeconds(1)));
    assertEquals("The sleeper did not end within 1 seconds.", late.getMessage());
    assertTrue(ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void returnsMoreOutputThanAPipeHolds() throws Exception {
    Child child = new Child("The talker", List.of("sh", "-c", "yes | head -n 100000"));
    assertEquals(200_000, child.run(LONG).length());
  }

  @Test
  void saysThatAProgramIsNotThere() {
    Child child = new Child("The ghost", List.of("no-such-program-anywhere"));
    NotMeasuredException absent = assertThrows(NotMeasuredException.class, () -> child.run(LONG));
    assertTrue(absent.getMessage().startsWith("The ghost cannot be run: "), absent::getMessage);
  }
}
