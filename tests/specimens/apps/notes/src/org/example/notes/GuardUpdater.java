package org.example.notes;

import android.content.Context;
import android.content.SharedPreferences;
import android.util.Log;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Downloads the guard list and its switches. The answer is neither encrypted nor signed. */
final class GuardUpdater implements Runnable {
    static final String FILE = "guard.json";
    private static final String TAG = "GuardUpdater";
    private static final String ENDPOINT = "http://cfg.example.test/guard?v=";

    private final Context context;

    GuardUpdater(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        try {
            pull();
        } catch (IOException | JSONException cause) {
            Log.w(TAG, "pull failed", cause);
        }
    }

    void pull() throws IOException, JSONException {
        SharedPreferences prefs = context.getSharedPreferences(GuardGate.PREFS, Context.MODE_PRIVATE);
        String address = ENDPOINT + prefs.getInt("version", 0) + "&market=" + Market.code();
        HttpURLConnection connection = (HttpURLConnection) new URL(address).openConnection();
        try {
            connection.setConnectTimeout(10_000);
            connection.setRequestProperty("Accept", "application/json");
            if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
                accept(read(connection.getInputStream()), prefs);
            }
        } finally {
            connection.disconnect();
        }
    }

    private void accept(String text, SharedPreferences prefs) throws IOException, JSONException {
        JSONObject answer = new JSONObject(text);
        prefs.edit()
                .putBoolean(GuardGate.FILTER_ON, answer.optBoolean("on", false))
                .putBoolean(GuardGate.FORCE_ON, answer.optBoolean("force", false))
                .putInt("version", answer.optInt("v", 0))
                .putLong("pulled_at", System.currentTimeMillis())
                .apply();
        JSONArray words = answer.optJSONArray("words");
        if (words != null) {
            store(text);
            WordGuard.forget();
        }
    }

    private void store(String text) throws IOException {
        try (FileOutputStream out = context.openFileOutput(FILE, Context.MODE_PRIVATE)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[4096];
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            bytes.write(block, 0, count);
        }
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}
