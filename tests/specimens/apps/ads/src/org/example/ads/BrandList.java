package org.example.ads;

import android.content.Context;
import android.content.SharedPreferences;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The brands whose advertisements are not shown: downloaded, and kept in files/brands.json. */
final class BrandList {
    private static final String ADDRESS = "https://ads-cfg.example.test/brands?format=json";
    private static final String FILE = "brands.json";
    private static final long ONE_DAY = 24L * 60 * 60 * 1000;

    private final Context context;

    BrandList(Context context) {
        this.context = context;
    }

    boolean isOld() {
        SharedPreferences prefs = context.getSharedPreferences("ads", Context.MODE_PRIVATE);
        return System.currentTimeMillis() - prefs.getLong("brands_at", 0) > ONE_DAY;
    }

    void download() throws IOException, JSONException {
        JSONObject answer = new JSONObject(Web.get(ADDRESS));
        try (FileWriter out = new FileWriter(new File(context.getFilesDir(), FILE))) {
            out.write(answer.toString());
        }
        context.getSharedPreferences("ads", Context.MODE_PRIVATE).edit()
                .putInt("brands_version", answer.optInt("version", 0))
                .putLong("brands_at", System.currentTimeMillis())
                .apply();
    }

    List<String> brands() {
        try (FileInputStream in = new FileInputStream(new File(context.getFilesDir(), FILE))) {
            JSONArray rows = new JSONObject(Web.text(in)).getJSONArray("brands");
            List<String> brands = new ArrayList<>(rows.length());
            for (int index = 0; index < rows.length(); index++) {
                brands.add(rows.getString(index).toLowerCase(Locale.ROOT));
            }
            return brands;
        } catch (IOException | JSONException cause) {
            return Collections.emptyList();
        }
    }
}
