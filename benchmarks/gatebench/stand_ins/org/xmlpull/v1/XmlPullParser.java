package org.xmlpull.v1;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

public interface XmlPullParser {
    int START_DOCUMENT = 0;
    int END_DOCUMENT = 1;
    int START_TAG = 2;
    int END_TAG = 3;
    int TEXT = 4;

    void setInput(Reader reader) throws XmlPullParserException;
    void setInput(InputStream stream, String encoding) throws XmlPullParserException;
    int getEventType() throws XmlPullParserException;
    int next() throws XmlPullParserException, IOException;
    String nextText() throws XmlPullParserException, IOException;
    String getName();
    String getText();
    String getAttributeValue(String namespace, String name);
    String getAttributeValue(int index);
    int getAttributeCount();
    String getAttributeName(int index);
}
