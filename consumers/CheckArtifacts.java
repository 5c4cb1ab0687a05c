import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Judges what was deployed to a repository that is a folder: whether each artifact can be used by
 * those who have nothing else of this project.
 *
 * <pre>java consumers/CheckArtifacts.java REPOSITORY CHECKOUT</pre>
 */
public final class CheckArtifacts {
  private static final String GROUP = "org.secrethandshake";
  private static final String BOM = "shs-bom";

  /** In the BOM, which has no other; Maven and Gradle read it there as anywhere. */
  private static final String OWN_VERSION = "${project.version}";

  /** What a POM says to those who use it; all else is for building, and theirs to decide. */
  private static final Set<String> ELEMENTS =
      Set.of(
          "modelVersion",
          "groupId",
          "artifactId",
          "version",
          "packaging",
          "name",
          "description",
          "url",
          "licenses",
          "developers",
          "scm",
          "dependencies");

  private static final Set<String> SCOPES = Set.of("compile", "runtime");

  private final Path checkout;
  private final byte[] license;
  private final TreeMap<String, Element> poms = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private CheckArtifacts(Path checkout) throws IOException {
    this.checkout = checkout;
    this.license = Files.readAllBytes(checkout.resolve("LICENSE"));
  }

  public static void main(String[] arguments) throws Exception {
    Path group = Path.of(arguments[0]).resolve(GROUP.replace('.', '/'));
    CheckArtifacts check = new CheckArtifacts(Path.of(arguments[1]));
    check.all(group);
    if (!check.faults.isEmpty()) {
      check.faults.forEach(System.err::println);
      System.exit(1);
    }
    System.out.println("as they should be: " + String.join(", ", check.poms.keySet()));
  }

  private void all(Path group) throws Exception {
    TreeMap<String, List<Path>> files = new TreeMap<>();
    for (Path artifact : list(group)) {
      if (Files.isDirectory(artifact)) {
        Path version = list(artifact).stream().filter(Files::isDirectory).findFirst().orElseThrow();
        files.put(artifact.getFileName().toString(), list(version));
      }
    }
    for (var artifact : files.entrySet()) {
      poms.put(artifact.getKey(), pom(only(artifact.getKey(), artifact.getValue(), ".pom")));
    }
    require(files.containsKey(BOM), "there is no " + BOM);
    for (var artifact : files.entrySet()) {
      String name = artifact.getKey();
      pom(name, poms.get(name));
      for (Path file : artifact.getValue()) {
        signed(name, file);
      }
      if (!name.equals(BOM)) {
        jars(name, artifact.getValue());
      }
    }
    bom(poms.get(BOM));
  }

  private void pom(String name, Element pom) {
    Set<String> elements = new TreeSet<>(ELEMENTS);
    if (name.equals(BOM)) {
      elements.remove("dependencies");
      elements.add("dependencyManagement");
    }
    for (Element element : children(pom)) {
      require(elements.contains(element.getTagName()), name + ": its POM has a " + element.getTagName());
    }
    for (String needed : List.of("name", "description", "url", "licenses", "developers", "scm")) {
      require(!text(pom, needed).isBlank(), name + ": its POM has no " + needed);
    }
    require(
        !pom.getTextContent().replace(OWN_VERSION, "").contains("${"),
        name + ": its POM has an open property");
    for (Element dependency : children(child(pom, "dependencies"))) {
      String artifact = text(dependency, "artifactId");
      String what = name + " -> " + artifact;
      require(!text(dependency, "version").isBlank(), what + " has no version");
      String scope = text(dependency, "scope");
      require(scope.isEmpty() || SCOPES.contains(scope), what + " is of scope " + scope);
      if (text(dependency, "groupId").equals(GROUP) && !text(dependency, "optional").equals("true")) {
        require(poms.containsKey(artifact), what + ", which is not published");
      }
    }
  }

  private void bom(Element bom) {
    Set<String> listed = new TreeSet<>();
    for (Element entry : children(child(child(bom, "dependencyManagement"), "dependencies"))) {
      require(
          text(entry, "groupId").equals(GROUP)
              && text(entry, "version").equals(OWN_VERSION),
          BOM + " has an entry that is not one of our modules in this version: " + text(entry, "artifactId"));
      listed.add(text(entry, "artifactId"));
    }
    Set<String> published = new TreeSet<>(poms.keySet());
    published.remove(BOM);
    require(listed.equals(published), BOM + " lists " + listed + ", and published are " + published);
  }

  /** Beside each file that is none itself. */
  private void signed(String name, Path file) {
    String path = file.toString();
    if (path.endsWith(".jar") || path.endsWith(".pom") || path.endsWith(".json")) {
      require(Files.exists(Path.of(path + ".asc")), name + ": " + file.getFileName() + " is not signed");
    }
  }

  private void jars(String name, List<Path> files) throws IOException {
    only(name, files, "-cyclonedx.json");
    Path sources = only(name, files, "-sources.jar");
    Path javadoc = only(name, files, "-javadoc.jar");
    Path main =
        only(
            name,
            files.stream().filter(file -> !file.equals(sources) && !file.equals(javadoc)).toList(),
            ".jar");
    Set<String> classes = classes(name, main);
    try (JarFile jar = new JarFile(sources.toFile())) {
      manifest(name, sources, jar);
      license(name, sources, jar);
      for (String source : classes) {
        require(jar.getEntry(source + ".java") != null, name + ": no source of " + source);
      }
    }
    try (JarFile jar = new JarFile(javadoc.toFile())) {
      manifest(name, javadoc, jar);
      require(jar.getEntry("index.html") != null, name + ": its Javadoc has no index.html");
    }
  }

  /** Returns the top-level classes of the jar, by their paths. */
  private Set<String> classes(String name, Path main) throws IOException {
    Set<String> classes = new TreeSet<>();
    try (JarFile jar = new JarFile(main.toFile())) {
      manifest(name, main, jar);
      license(name, main, jar);
      for (ZipEntry entry : jar.stream().toList()) {
        String path = entry.getName();
        require(
            path.startsWith("META-INF/")
                || "org/secrethandshake/".startsWith(path)
                || path.startsWith("org/secrethandshake/")
                || path.equals("module-info.class"),
            name + ": holds what is not ours, " + path);
        if (path.endsWith(".class") && !path.contains("$")) {
          classes.add(path.substring(0, path.length() - ".class".length()));
        }
      }
    }
    boolean isModule = Files.exists(checkout.resolve(name).resolve("src/main/java/module-info.java"));
    require(classes.contains("module-info") == isModule, name + ": its jar is no module");
    return classes;
  }

  private void manifest(String name, Path file, JarFile jar) throws IOException {
    Attributes attributes = jar.getManifest().getMainAttributes();
    String version = text(poms.get(name), "version");
    require(
        text(poms.get(name), "name").equals(attributes.getValue("Implementation-Title"))
            && version.equals(attributes.getValue("Implementation-Version")),
        name + ": the manifest of " + file.getFileName() + " does not say what it is");
  }

  private void license(String name, Path file, JarFile jar) throws IOException {
    ZipEntry entry = jar.getEntry("META-INF/LICENSE");
    if (entry == null) {
      faults.add(name + ": " + file.getFileName() + " has no LICENSE");
      return;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      require(Arrays.equals(license, in.readAllBytes()), name + ": its LICENSE is not ours");
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private static Path only(String name, List<Path> files, String ending) {
    List<Path> found = files.stream().filter(file -> file.toString().endsWith(ending)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(name + " has " + found.size() + " files *" + ending);
    }
    return found.get(0);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Element pom(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent == null ? null : parent.getFirstChild(); node != null; ) {
      if (node instanceof Element element) {
        children.add(element);
      }
      node = node.getNextSibling();
    }
    return children;
  }

  private static Element child(Element parent, String name) {
    return children(parent).stream()
        .filter(child -> child.getTagName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent().strip();
  }
}
