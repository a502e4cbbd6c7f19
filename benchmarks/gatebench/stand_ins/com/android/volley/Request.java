package com.android.volley;

public abstract class Request<T> {
    public interface Method {
        int GET = 0;
        int POST = 1;
    }

    private final String url;
    private final Response.ErrorListener failed;

    public Request(int method, String url, Response.ErrorListener failed) {
        this.url = url;
        this.failed = failed;
    }

    public String getUrl() {
        return url;
    }

    public void deliverError(VolleyError error) {
        if (failed != null) {
            failed.onErrorResponse(error);
        }
    }

    protected abstract T parse(String text) throws Exception;

    protected abstract void deliverResponse(T response);

    void take(String text) throws Exception {
        deliverResponse(parse(text));
    }
}
