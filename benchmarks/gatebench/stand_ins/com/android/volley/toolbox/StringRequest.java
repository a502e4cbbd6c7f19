package com.android.volley.toolbox;

import com.android.volley.Request;
import com.android.volley.Response;

public class StringRequest extends Request<String> {
    private final Response.Listener<String> listener;

    public StringRequest(int method, String url, Response.Listener<String> listener, Response.ErrorListener failed) {
        super(method, url, failed);
        this.listener = listener;
    }

    @Override
    protected String parse(String text) {
        return text;
    }

    @Override
    protected void deliverResponse(String response) {
        listener.onResponse(response);
    }
}
