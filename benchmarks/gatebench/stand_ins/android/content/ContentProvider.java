package android.content;

import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import org.example.bench.Bench;

public abstract class ContentProvider {
    public abstract boolean onCreate();
    public abstract Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order);
    public abstract String getType(Uri uri);
    public abstract Uri insert(Uri uri, ContentValues values);
    public abstract int delete(Uri uri, String where, String[] arguments);
    public abstract int update(Uri uri, ContentValues values, String where, String[] arguments);

    public Bundle call(String method, String argument, Bundle extras) {
        return null;
    }

    public final Context getContext() {
        return Bench.application;
    }

    public final Context requireContext() {
        return Bench.application;
    }
}
