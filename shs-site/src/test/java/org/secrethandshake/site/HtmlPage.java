package org.secrethandshake.site;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A page as it was written, which is also well-formed XML.
 *
 * @param file where it is
 */
record HtmlPage(Path file, Document document) {
  /**
   * Reads a page.
   *
   * @throws SAXException if it is not well formed, with the place
   */
  static HtmlPage read(Path file) throws IOException, SAXException, ParserConfigurationException {
    return new HtmlPage(file, parse(Files.readString(file)));
  }

  static Document parse(String html)
      throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver((name, address) -> new InputSource(new StringReader("")));
    builder.setErrorHandler(new Strict());
    return builder.parse(new InputSource(new StringReader(html)));
  }

  String title() {
    return elements("title")
        .filter(title -> isIn(title, "head"))
        .findFirst()
        .orElseThrow()
        .getTextContent();
  }

  List<String> ids() {
    return elements("*").map(each -> each.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
  }

  /** Where its links lead to, as they are written. */
  List<String> links() {
    return elements("a").map(link -> link.getAttribute("href")).toList();
  }

  Stream<Element> elements(String name) {
    return within(document.getElementsByTagName(name));
  }

  static Stream<Element> within(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }

  private static boolean isIn(Element element, String parent) {
    return element.getParentNode().getNodeName().equals(parent);
  }

  /** Throws instead of printing. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException problem) throws SAXException {
      throw problem;
    }

    @Override
    public void error(SAXParseException problem) throws SAXException {
      throw problem;
    }

    @Override
    public void fatalError(SAXParseException problem) throws SAXException {
      throw problem;
    }
  }
}
