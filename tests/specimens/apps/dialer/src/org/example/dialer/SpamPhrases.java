package org.example.dialer;

import android.content.Context;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Phrases of unwanted messages: those of the package, and those a regional file adds. */
final class SpamPhrases {
    private final List<String> phrases = new ArrayList<>();

    SpamPhrases(Context context) {
        phrases.addAll(Arrays.asList(context.getResources().getStringArray(R.array.spam_phrases)));
        addRegional(context);
    }

    boolean matches(String message) {
        String folded = message.toLowerCase(Locale.ROOT);
        for (int index = 0; index < phrases.size(); index++) {
            if (folded.indexOf(phrases.get(index)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void addRegional(Context context) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(context.openFileInput("phrases_extra.txt"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                phrases.add(line);
            }
        } catch (IOException none) {
            return;
        }
    }
}
