package okhttp3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

public final class ResponseBody {
    private final byte[] content;

    ResponseBody(byte[] content) {
        this.content = content;
    }

    public String string() {
        return new String(content, StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return content;
    }

    public InputStream byteStream() {
        return new ByteArrayInputStream(content);
    }
}
