package org.example.telemetry;

import android.net.Uri;
import android.util.Base64;
import android.util.Log;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Sends one batch: the device profile as base64 in parameter d, the events as JSON in the body. */
final class Upload implements Runnable {
    static final String COLLECTOR = "https://collect.example.test/v1/events";
    static final String PAGES = "https://stats.example.test/page";

    private final DeviceProfile device;
    private final List<Event> batch;

    Upload(DeviceProfile device, List<Event> batch) {
        this.device = device;
        this.batch = batch;
    }

    @Override
    public void run() {
        try {
            JSONArray events = new JSONArray();
            for (Event event : batch) {
                events.put(event.toJson());
            }
            post(COLLECTOR + "?d=" + Uri.encode(packed()), new JSONObject().put("events", events).toString());
        } catch (IOException | JSONException cause) {
            Log.w("Upload", "batch lost", cause);
        }
    }

    private String packed() throws JSONException {
        byte[] bytes = device.toJson().toString().getBytes(StandardCharsets.UTF_8);
        return Base64.encodeToString(bytes, Base64.NO_WRAP);
    }

    static int post(String address, String body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }
}
