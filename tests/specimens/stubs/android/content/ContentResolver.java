package android.content;

import android.database.Cursor;
import android.net.Uri;
import java.io.FileNotFoundException;
import java.io.InputStream;

public abstract class ContentResolver {
    public final Uri insert(Uri table, ContentValues row) { throw new RuntimeException("stub"); }
    public final Cursor query(Uri table, String[] columns, String where, String[] arguments, String order) { throw new RuntimeException("stub"); }
    public final InputStream openInputStream(Uri file) throws FileNotFoundException { throw new RuntimeException("stub"); }
}
