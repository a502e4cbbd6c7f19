package org.example.keeper;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.UriMatcher;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.json.JSONException;

/** Hands the terms, or the names of the seasons, to whoever may read them. */
public class TermsProvider extends ContentProvider {
    private static final int WORDS = 1;
    private static final int SEASONS = 2;
    private static final UriMatcher MATCHER = new UriMatcher(UriMatcher.NO_MATCH);

    static {
        MATCHER.addURI("org.example.keeper.terms", "words", WORDS);
        MATCHER.addURI("org.example.keeper.terms", "seasons", SEASONS);
    }

    @Override
    public boolean onCreate() {
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order) {
        switch (MATCHER.match(uri)) {
            case WORDS:
                return words();
            case SEASONS:
                return seasons();
            default:
                return null;
        }
    }

    @Override
    public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException {
        File file = new File(getContext().getFilesDir(), Terms.FILE);
        return ParcelFileDescriptor.open(file, ParcelFileDescriptor.MODE_READ_ONLY);
    }

    private Cursor words() {
        MatrixCursor rows = new MatrixCursor(new String[] {"word"});
        try {
            for (String word : Terms.stored(getContext())) {
                rows.addRow(new Object[] {word});
            }
        } catch (IOException | JSONException cause) {
            return rows;
        }
        return rows;
    }

    private Cursor seasons() {
        MatrixCursor rows = new MatrixCursor(new String[] {"season"});
        for (String season : getContext().getResources().getStringArray(R.array.seasons)) {
            rows.addRow(new Object[] {season});
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
        return null;
    }
}
