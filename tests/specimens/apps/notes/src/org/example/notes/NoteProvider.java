package org.example.notes;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;

/** Reads notes for the launcher's widget; writes are not offered. */
public class NoteProvider extends ContentProvider {
    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order) {
        MatrixCursor rows = new MatrixCursor(new String[] {"title", "at"});
        for (Note note : new NoteStore(getContext()).all()) {
            rows.addRow(new Object[] {note.title, note.at});
        }
        return rows;
    }

    @Override
    public Uri insert(Uri uri, ContentValues row) {
        return null;
    }

    @Override
    public int update(Uri uri, ContentValues row, String where, String[] arguments) {
        return 0;
    }

    @Override
    public int delete(Uri uri, String where, String[] arguments) {
        return 0;
    }

    @Override
    public String getType(Uri uri) {
        return "vnd.android.cursor.dir/vnd.org.example.note";
    }
}
