package org.example.keeper;

import android.content.Context;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The terms as they were last downloaded, in a file of the app. */
final class Terms {
    static final String FILE = "terms.json";

    private Terms() {
    }

    static void store(Context context, String text) throws IOException {
        try (FileOutputStream out = context.openFileOutput(FILE, Context.MODE_PRIVATE)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static List<String> stored(Context context) throws IOException, JSONException {
        try (FileInputStream in = context.openFileInput(FILE)) {
            return in(read(in));
        }
    }

    static List<String> in(String text) throws JSONException {
        List<String> terms = new ArrayList<>();
        JSONArray entries = new JSONObject(text).getJSONArray("terms");
        for (int index = 0; index < entries.length(); index++) {
            terms.add(entries.getString(index));
        }
        return terms;
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
