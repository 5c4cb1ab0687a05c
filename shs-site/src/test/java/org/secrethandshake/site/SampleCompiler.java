package org.secrethandshake.site;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles what pages show, as an application would: on the class path, for Java 17. */
final class SampleCompiler {
  private SampleCompiler() {}

  /** Compiles classes together and returns what the compiler says: nothing if they are right. */
  static String compile(List<Sample> classes, Path folder) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-Xlint:all,-processing,-classfile,-options",
            "-Werror",
            "-d",
            folder.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<JavaFileObject> sources = classes.stream().map(SampleCompiler::source).toList();
      boolean compiled = javac.getTask(said, files, null, options, null, sources).call();
      return compiled ? "" : said.toString();
    }
  }

  private static JavaFileObject source(Sample sample) {
    String name = sample.declaredType().orElseThrow() + ".java";
    return new SimpleJavaFileObject(URI.create("page:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return sample.text();
      }
    };
  }
}
