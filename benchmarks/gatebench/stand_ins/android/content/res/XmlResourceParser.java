package android.content.res;

import org.xmlpull.v1.XmlPullParser;

public interface XmlResourceParser extends XmlPullParser, AutoCloseable {
    @Override
    void close();
}
