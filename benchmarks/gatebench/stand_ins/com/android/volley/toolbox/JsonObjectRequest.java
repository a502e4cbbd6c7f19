package com.android.volley.toolbox;

import com.android.volley.Request;
import com.android.volley.Response;
import org.json.JSONException;
import org.json.JSONObject;

public class JsonObjectRequest extends Request<JSONObject> {
    private final Response.Listener<JSONObject> listener;

    public JsonObjectRequest(int method, String url, JSONObject sent, Response.Listener<JSONObject> listener,
            Response.ErrorListener failed) {
        super(method, url, failed);
        this.listener = listener;
    }

    @Override
    protected JSONObject parse(String text) throws JSONException {
        return new JSONObject(text);
    }

    @Override
    protected void deliverResponse(JSONObject response) {
        listener.onResponse(response);
    }
}
