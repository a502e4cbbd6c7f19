package android.content;

import android.database.Cursor;
import android.net.Uri;

public abstract class ContentResolver {
    public final Uri insert(Uri table, ContentValues row) { throw new RuntimeException("stub"); }
    public final Cursor query(Uri table, String[] columns, String where, String[] arguments, String order) { throw new RuntimeException("stub"); }
}
