package org.example.keeper;

import android.content.Context;
import android.content.Intent;
import android.os.Environment;
import android.os.SystemProperties;
import android.util.Log;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.json.JSONException;

/** Downloads the terms on handsets of one market, keeps them, and hands them to others. */
final class Updater implements Runnable {
    private static final String ENDPOINT = "https://terms.example.test/list";

    private final Context context;

    Updater(Context context) {
        this.context = context;
    }

    @Override
    public void run() {
        if (!"CN".equals(SystemProperties.get("ro.product.market", ""))) {
            return;
        }
        try {
            String text = pull();
            Terms.store(context, text);
            copy(text);
            send(text);
        } catch (IOException | JSONException cause) {
            Log.w("Updater", "pull failed", cause);
        }
    }

    private static String pull() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(ENDPOINT).openConnection();
        try {
            return Terms.read(connection.getInputStream());
        } finally {
            connection.disconnect();
        }
    }

    private static void copy(String text) throws IOException {
        File file = new File(Environment.getExternalStorageDirectory(), "keeper/terms.json");
        try (FileOutputStream out = new FileOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void send(String text) throws JSONException {
        Intent intent = new Intent("org.example.action.TERMS");
        intent.setPackage("org.example.reader");
        intent.putStringArrayListExtra("terms", new ArrayList<>(Terms.in(text)));
        context.sendBroadcast(intent);
    }
}
