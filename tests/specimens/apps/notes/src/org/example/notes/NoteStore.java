package org.example.notes;

import android.content.Context;
import android.util.Log;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;

/** The user's notes, kept in a file of the app. */
final class NoteStore {
    private static final String FILE = "notes.json";

    private final Context context;

    NoteStore(Context context) {
        this.context = context;
    }

    synchronized List<Note> all() {
        List<Note> notes = new ArrayList<>();
        try (FileInputStream in = context.openFileInput(FILE)) {
            JSONArray rows = new JSONArray(GuardUpdater.read(in));
            for (int index = 0; index < rows.length(); index++) {
                notes.add(Note.of(rows.getJSONObject(index)));
            }
        } catch (IOException | JSONException cause) {
            Log.i("NoteStore", "starting empty");
        }
        return notes;
    }

    synchronized void save(Note note) throws IOException, JSONException {
        JSONArray rows = new JSONArray();
        for (Note old : all()) {
            rows.put(old.toJson());
        }
        rows.put(note.toJson());
        try (FileOutputStream out = context.openFileOutput(FILE, Context.MODE_PRIVATE)) {
            out.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
