package org.secrethandshake.conformance;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The dependencies that a module's {@code pom.xml} states itself. */
public final class Poms {
  private Poms() {}

  /** What its users get with it: neither of scope test nor optional. */
  public static Set<String> published(Path pom) throws Exception {
    return matching(
        pom,
        dependency ->
            !text(dependency, "scope", "compile").equals("test")
                && !text(dependency, "optional", "false").equals("true"));
  }

  public static Set<String> dependencies(Path pom, Predicate<String> scope) throws Exception {
    return matching(pom, dependency -> scope.test(text(dependency, "scope", "compile")));
  }

  private static Set<String> matching(Path pom, Predicate<Element> matches) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    Element project = factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    Set<String> found = new TreeSet<>();
    Node dependencies = child(project, "dependencies");
    for (Node node = first(dependencies); node != null; node = node.getNextSibling()) {
      if (node instanceof Element dependency && matches.test(dependency)) {
        found.add(text(dependency, "artifactId", ""));
      }
    }
    return found;
  }

  private static String text(Element element, String name, String otherwise) {
    Node child = child(element, name);
    return child == null ? otherwise : child.getTextContent().strip();
  }

  private static Node child(Node parent, String name) {
    Node child = parent.getFirstChild();
    while (child != null && !name.equals(child.getNodeName())) {
      child = child.getNextSibling();
    }
    return child;
  }

  private static Node first(Node parent) {
    return parent == null ? null : parent.getFirstChild();
  }
}
