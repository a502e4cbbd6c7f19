package com.android.volley;

public final class Response<T> {
    public interface Listener<T> {
        void onResponse(T response);
    }

    public interface ErrorListener {
        void onErrorResponse(VolleyError error);
    }

    private Response() {
    }
}
