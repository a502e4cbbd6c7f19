package android.database.sqlite;

import android.content.Context;

public abstract class SQLiteOpenHelper {
    private final String name;
    private SQLiteDatabase open;

    public SQLiteOpenHelper(Context context, String name, SQLiteDatabase.CursorFactory factory, int version) {
        this.name = name;
    }

    public abstract void onCreate(SQLiteDatabase store);

    public abstract void onUpgrade(SQLiteDatabase store, int from, int to);

    public void onOpen(SQLiteDatabase store) {
    }

    public String getDatabaseName() {
        return name;
    }

    public SQLiteDatabase getWritableDatabase() {
        if (open == null) {
            open = SQLiteDatabase.openOrCreateDatabase(name == null ? "memory " + hashCode() : name, null);
            if (open.fresh()) {
                onCreate(open);
            }
            onOpen(open);
        }
        return open;
    }

    public SQLiteDatabase getReadableDatabase() {
        return getWritableDatabase();
    }

    public void close() {
        open = null;
    }
}
