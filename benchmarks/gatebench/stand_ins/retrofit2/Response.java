package retrofit2;

public final class Response<T> {
    private final int code;
    private final T body;

    Response(int code, T body) {
        this.code = code;
        this.body = body;
    }

    public int code() {
        return code;
    }

    public boolean isSuccessful() {
        return code >= 200 && code < 300;
    }

    public T body() {
        return body;
    }
}
