package com.android.volley;

public class VolleyError extends Exception {
    public VolleyError(Throwable cause) {
        super(cause);
    }
}
