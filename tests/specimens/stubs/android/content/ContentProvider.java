package android.content;

import android.database.Cursor;
import android.net.Uri;
import android.os.ParcelFileDescriptor;
import java.io.FileNotFoundException;

public abstract class ContentProvider {
    public final Context getContext() { throw new RuntimeException("stub"); }
    public abstract boolean onCreate();
    public abstract Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order);
    public abstract Uri insert(Uri uri, ContentValues row);
    public abstract int update(Uri uri, ContentValues row, String where, String[] arguments);
    public abstract int delete(Uri uri, String where, String[] arguments);
    public abstract String getType(Uri uri);
    public ParcelFileDescriptor openFile(Uri uri, String mode) throws FileNotFoundException { throw new RuntimeException("stub"); }
}
