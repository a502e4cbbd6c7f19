package com.android.volley;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URL;

public class RequestQueue {
    public <T> Request<T> add(Request<T> request) {
        new Thread(() -> {
            try {
                request.take(read(request.getUrl()));
            } catch (Exception cause) {
                request.deliverError(new VolleyError(cause));
            }
        }).start();
        return request;
    }

    private static String read(String url) throws Exception {
        try (InputStream in = new URL(url).openStream()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int one = in.read(); one >= 0; one = in.read()) {
                out.write(one);
            }
            return out.toString("UTF-8");
        }
    }
}
