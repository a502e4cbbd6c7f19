package android.util;

import java.io.FilterInputStream;
import java.io.InputStream;

public class Base64InputStream extends FilterInputStream {
    public Base64InputStream(InputStream in, int flags) {
        super(java.util.Base64.getMimeDecoder().wrap(in));
    }
}
