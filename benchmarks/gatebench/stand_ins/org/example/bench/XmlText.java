package org.example.bench;

import android.content.res.XmlResourceParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A pull parser over a text, by the one that Java brings; entities from outside are not read. */
public final class XmlText implements XmlResourceParser {
    private final List<Object[]> events = new ArrayList<>();
    private int at;

    public XmlText() {
        events.add(new Object[] {START_DOCUMENT, null, null, new ArrayList<String[]>()});
    }

    public XmlText(String text) {
        this();
        read(new StringReader(text));
    }

    private void read(Reader reader) {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            XMLStreamReader found = factory.createXMLStreamReader(reader);
            while (found.hasNext()) {
                add(found, found.next());
            }
        } catch (XMLStreamException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private void add(XMLStreamReader found, int kind) {
        List<String[]> attributes = new ArrayList<>();
        if (kind == XMLStreamConstants.START_ELEMENT) {
            for (int index = 0; index < found.getAttributeCount(); index++) {
                attributes.add(new String[] {found.getAttributeLocalName(index), found.getAttributeValue(index)});
            }
            events.add(new Object[] {START_TAG, found.getLocalName(), null, attributes});
        } else if (kind == XMLStreamConstants.END_ELEMENT) {
            events.add(new Object[] {END_TAG, found.getLocalName(), null, attributes});
        } else if (kind == XMLStreamConstants.CHARACTERS) {
            events.add(new Object[] {TEXT, null, found.getText(), attributes});
        } else if (kind == XMLStreamConstants.END_DOCUMENT) {
            events.add(new Object[] {END_DOCUMENT, null, null, attributes});
        }
    }

    @Override
    public void setInput(Reader reader) {
        read(reader);
    }

    @Override
    public void setInput(InputStream stream, String encoding) {
        read(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Override
    public int getEventType() {
        return (Integer) events.get(at)[0];
    }

    @Override
    public int next() {
        at = Math.min(at + 1, events.size() - 1);
        return getEventType();
    }

    @Override
    public String nextText() throws IOException {
        StringBuilder text = new StringBuilder();
        while (next() != END_TAG && getEventType() != END_DOCUMENT) {
            text.append(getText());
        }
        return text.toString();
    }

    @Override
    public String getName() {
        return (String) events.get(at)[1];
    }

    @Override
    public String getText() {
        return (String) events.get(at)[2];
    }

    @SuppressWarnings("unchecked")
    private List<String[]> attributes() {
        return (List<String[]>) events.get(at)[3];
    }

    @Override
    public String getAttributeValue(String namespace, String name) {
        for (String[] attribute : attributes()) {
            if (attribute[0].equals(name)) {
                return attribute[1];
            }
        }
        return null;
    }

    @Override
    public String getAttributeValue(int index) {
        return attributes().get(index)[1];
    }

    @Override
    public int getAttributeCount() {
        return attributes().size();
    }

    @Override
    public String getAttributeName(int index) {
        return attributes().get(index)[0];
    }

    @Override
    public void close() {
    }

}
