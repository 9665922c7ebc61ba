package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML to elements, with limits: no document type, no entity of its own, nothing from elsewhere. */
final class Markup {
    private static final int DEEPEST = 1_000;
    private static final int MOST = 2_000_000;

    private Markup() {}

    static Element read(String file, String text) throws Unreadable {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty("jdk.xml.maxElementDepth", "0"); // ours is below, and says what to do
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                return read(file, reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            String message = String.valueOf(e.getMessage());
            int said = message.indexOf("Message: ");
            throw new Unreadable(new Problem(
                    file,
                    line,
                    "",
                    said < 0 ? message.lines().findFirst().orElse("") : message.substring(said + 9),
                    "XML in the Open-PSA format",
                    ""));
        }
    }

    private static Element read(String file, XMLStreamReader reader) throws XMLStreamException, Unreadable {
        Element root = new Element("", 1);
        Deque<Element> open = new ArrayDeque<>();
        open.push(root);
        int elements = 0;
        while (reader.hasNext()) {
            int line = Math.max(1, reader.getLocation().getLineNumber());
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MOST || open.size() > DEEPEST) {
                        String limit = elements > MOST ? MOST + " elements" : DEEPEST + " levels";
                        throw new Unreadable(
                                new Problem(file, line, "", "more than " + limit, "a fault tree of a usual size", ""));
                    }
                    open.push(element(reader, open.element()));
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.DTD ->
                    throw new Unreadable(new Problem(
                            file, line, "", "a document type declaration", "none: entities are not read", ""));
                default -> {}
            }
        }
        return root;
    }

    private static Element element(XMLStreamReader reader, Element parent) {
        Element element = new Element(
                reader.getLocalName(), Math.max(1, reader.getLocation().getLineNumber()));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.add(
                    reader.getAttributeLocalName(i), reader.getAttributeValue(i).strip());
        }
        parent.add(element);
        return element;
    }
}
