package okhttp3;

public final class Response implements AutoCloseable {
    private final int code;
    private final ResponseBody body;

    Response(int code, ResponseBody body) {
        this.code = code;
        this.body = body;
    }

    public int code() {
        return code;
    }

    public boolean isSuccessful() {
        return code >= 200 && code < 300;
    }

    public ResponseBody body() {
        return body;
    }

    @Override
    public void close() {
    }
}
