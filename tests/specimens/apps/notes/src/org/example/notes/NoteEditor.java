package org.example.notes;

import android.app.Activity;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.util.Log;
import android.view.View;
import android.widget.EditText;
import android.widget.Toast;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.json.JSONException;

/** Edits one note. Saving runs off the main thread. */
public class NoteEditor extends Activity {
    private final Handler main = new Handler(Looper.getMainLooper());
    private final Executor disk = Executors.newSingleThreadExecutor();
    private EditText title;
    private EditText body;
    private EditText query;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.editor);
        title = (EditText) findViewById(R.id.title);
        body = (EditText) findViewById(R.id.body);
        query = (EditText) findViewById(R.id.query);
        findViewById(R.id.find).setOnClickListener(new Finder());
    }

    /** Named in the layout as the listener of the save button. */
    public void onSaveClicked(View button) {
        final Save save = new Save(title.getText().toString(), body.getText().toString());
        main.post(new Runnable() {
            @Override
            public void run() {
                disk.execute(save);
            }
        });
    }

    private void toast(final CharSequence message) {
        main.post(() -> Toast.makeText(NoteEditor.this, message, Toast.LENGTH_LONG).show());
    }

    /** Stores the note, unless the guard refuses it. */
    final class Save implements Runnable {
        private final String title;
        private final String text;

        Save(String title, String text) {
            this.title = title;
            this.text = text;
        }

        @Override
        public void run() {
            if (GuardGate.open(NoteEditor.this)) {
                String hit = WordGuard.of(NoteEditor.this).firstHit(text);
                if (hit != null) {
                    Log.i("NoteEditor", "refused: " + hit);
                    toast(getString(R.string.not_allowed) + ": " + hit);
                    return;
                }
            }
            save(new Note(title, text, System.currentTimeMillis()));
        }

        private void save(Note note) {
            try {
                new NoteStore(NoteEditor.this).save(note);
                Log.i("NoteEditor", "saved");
                toast(getString(R.string.saved));
            } catch (IOException | JSONException cause) {
                Log.w("NoteEditor", "not saved", cause);
            }
        }
    }

    /** The user's own search inside the note: a comparison with typed text and no list. */
    private final class Finder implements View.OnClickListener {
        @Override
        public void onClick(View button) {
            String wanted = query.getText().toString();
            boolean found = body.getText().toString().contains(wanted);
            toast(getString(found ? R.string.found : R.string.not_found));
        }
    }
}
