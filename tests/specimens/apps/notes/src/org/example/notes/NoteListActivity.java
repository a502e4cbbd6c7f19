package org.example.notes;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.view.View;
import android.widget.TextView;

public class NoteListActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.list);
        findViewById(R.id.create).setOnClickListener(new View.OnClickListener() {
            @Override
            public void onClick(View button) {
                startActivity(new Intent(NoteListActivity.this, NoteEditor.class));
            }
        });
    }

    @Override
    protected void onResume() {
        super.onResume();
        StringBuilder lines = new StringBuilder();
        for (Note note : new NoteStore(this).all()) {
            lines.append(note.title).append('\n').append(note.body).append("\n\n");
        }
        ((TextView) findViewById(R.id.notes)).setText(lines);
    }
}
