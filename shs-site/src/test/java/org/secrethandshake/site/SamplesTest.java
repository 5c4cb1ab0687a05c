package org.secrethandshake.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java code of the pages. A block is a source file or a region of one, which the comment before
 * it names ({@code <!-- sample: FILE#REGION -->}) and which the build compiles and tests run; or a
 * whole class, which is compiled here; or what another test compiles ({@code <!-- checked by: FILE
 * -->}).
 */
class SamplesTest {
  private static final String MARK =
      "say <!-- sample: FILE#REGION --> before it, or <!-- checked by: TEST -->";

  @TempDir Path folder;

  static List<Page> pages() throws IOException {
    return Navigation.read(Project.ROOT).pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void areWhatIsCompiled(Page page) throws IOException {
    List<Sample> classes = new ArrayList<>();
    for (Sample sample : Sample.of(page)) {
      if (sample.language().equals("java")) {
        Optional<String> source = sample.shown();
        Optional<Path> test = sample.checkedBy();
        if (source.isPresent()) {
          assertEquals(source.get(), sample.text(), () -> page.source() + ", " + sample.note());
        } else if (test.isPresent()) {
          String name = page.source().substring(page.source().lastIndexOf('/') + 1);
          assertTrue(Files.readString(test.get()).contains(name), () -> test + " reads no " + name);
        } else if (sample.declaredType().isPresent()) {
          classes.add(sample);
        } else {
          fail(
              "%s shows a fragment that nobody compiles; %s:%n%s"
                  .formatted(page, MARK, sample.text()));
        }
      } else if (!sample.note().isEmpty()) {
        assertEquals(Optional.of(sample.text()), sample.shown(), () -> page.source());
      }
    }
    if (!classes.isEmpty()) {
      assertEquals("", SampleCompiler.compile(classes, folder), page.source());
    }
  }

  @Test
  void areFoundToBeWrongIfTheyDoNotCompile() throws IOException {
    Sample wrong = new Sample("page.md", "java", "", "final class Wrong { Missing missing; }");
    String said = SampleCompiler.compile(List.of(wrong), folder);
    assertTrue(said.contains("cannot find symbol"), said);
  }

  @Test
  void areRegionsBetweenTheirMarks() {
    String source =
        """
        class A {
          // @start region="one"
          int one() {
            return 1;
          }
          // @end
        }
        """;
    assertEquals("int one() {\n  return 1;\n}", Sample.region(source, "one"));
    assertEquals(
        "there is no region two",
        assertThrows(IllegalArgumentException.class, () -> Sample.region(source, "two"))
            .getMessage());
  }
}
