package org.example.notes;

import android.content.Context;
import android.util.Log;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** Holds the guard list and answers which of its words a text contains. */
final class WordGuard {
    private static volatile WordGuard current;

    private final List<String> words;

    private WordGuard(List<String> words) {
        this.words = words;
    }

    static WordGuard of(Context context) {
        WordGuard guard = current;
        if (guard == null) {
            guard = new WordGuard(load(context));
            current = guard;
        }
        return guard;
    }

    static void forget() {
        current = null;
    }

    String firstHit(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (folded.contains(word)) {
                return word;
            }
        }
        return NativeGuard.hit(folded) ? folded : null;
    }

    private static List<String> load(Context context) {
        List<String> words = new ArrayList<>();
        try (FileInputStream in = context.openFileInput(GuardUpdater.FILE)) {
            JSONArray entries = new JSONObject(GuardUpdater.read(in)).getJSONArray("words");
            for (int index = 0; index < entries.length(); index++) {
                words.add(entries.getString(index).trim().toLowerCase(Locale.ROOT));
            }
        } catch (IOException | JSONException cause) {
            Log.w("WordGuard", "no list", cause);
        }
        return words;
    }
}
