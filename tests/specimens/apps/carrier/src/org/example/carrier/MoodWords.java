package org.example.carrier;

import android.content.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Words shown under a track while it plays. They are displayed in turn and never compared with anything. */
final class MoodWords {
    private final List<String> words = new ArrayList<>();

    MoodWords(Context context) {
        try (BufferedReader rows = new BufferedReader(
                new InputStreamReader(context.getAssets().open("words.csv"), StandardCharsets.UTF_8))) {
            rows.readLine();
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                words.add(row.substring(row.indexOf(',') + 1));
            }
        } catch (IOException missing) {
            words.clear();
        }
    }

    String at(int second) {
        return words.isEmpty() ? "" : words.get(second % words.size());
    }
}
