package android.content;

import android.database.ContentObserver;
import android.database.Cursor;
import android.database.MatrixCursor;
import android.net.Uri;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.example.bench.Bench;
import org.json.JSONArray;
import org.json.JSONObject;

/** Answers from the providers of the world, or from a provider of the application that Bench.memory names by authority. */
public class ContentResolver {
    public ContentResolver(Context context) {
    }

    private static ContentProvider own(Uri uri) {
        return (ContentProvider) Bench.memory.get("provider " + uri.getAuthority());
    }

    public final Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order) {
        ContentProvider own = own(uri);
        if (own != null) {
            return own.query(uri, columns, where, arguments, order);
        }
        JSONArray rows = Bench.part("providers").optJSONArray(uri.toString());
        return rows == null ? null : rows(rows, columns);
    }

    private static Cursor rows(JSONArray rows, String[] columns) {
        String[] names = columns;
        if (names == null) {
            names = rows.length() == 0 ? new String[0] : rows.getJSONObject(0).keySet().toArray(new String[0]);
        }
        MatrixCursor cursor = new MatrixCursor(names);
        for (int at = 0; at < rows.length(); at++) {
            JSONObject row = rows.getJSONObject(at);
            Object[] values = new Object[names.length];
            for (int column = 0; column < names.length; column++) {
                values[column] = row.opt(names[column]);
            }
            cursor.addRow(values);
        }
        return cursor;
    }

    public final Uri insert(Uri uri, ContentValues values) {
        ContentProvider own = own(uri);
        Bench.effect("insert", uri + " " + values);
        return own == null ? uri : own.insert(uri, values);
    }

    public final int update(Uri uri, ContentValues values, String where, String[] arguments) {
        Bench.effect("insert", uri + " " + values);
        return 1;
    }

    public final int delete(Uri uri, String where, String[] arguments) {
        Bench.effect("stop", "delete " + uri);
        return 1;
    }

    public final android.os.Bundle call(Uri uri, String method, String argument, android.os.Bundle extras) {
        ContentProvider own = own(uri);
        return own == null ? null : own.call(method, argument, extras);
    }

    public final InputStream openInputStream(Uri uri) throws FileNotFoundException {
        String content = Bench.part("streams").optString(uri.toString(), null);
        if (content == null) {
            throw new FileNotFoundException(uri.toString());
        }
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    public final void registerContentObserver(Uri uri, boolean descendants, ContentObserver observer) {
        ((java.util.List<ContentObserver>) Bench.memory.computeIfAbsent(
                "observers", key -> new java.util.ArrayList<ContentObserver>())).add(observer);
    }

    public final void unregisterContentObserver(ContentObserver observer) {
    }

    @SuppressWarnings("unchecked")
    public void notifyChange(Uri uri, ContentObserver observer) {
        Object found = Bench.memory.get("observers");
        if (found != null) {
            ((java.util.List<ContentObserver>) found).forEach(each -> each.dispatchChange(false, uri));
        }
    }
}
