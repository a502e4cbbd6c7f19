package android.database;

import android.database.sqlite.SQLiteDatabase;

public class DatabaseUtils {
    public static long queryNumEntries(SQLiteDatabase store, String table) {
        return queryNumEntries(store, table, null, null);
    }

    public static long queryNumEntries(SQLiteDatabase store, String table, String where, String[] arguments) {
        return store.query(table, null, where, arguments, null, null, null).getCount();
    }

    public static long longForQuery(SQLiteDatabase store, String query, String[] arguments) {
        Cursor found = store.rawQuery(query, arguments);
        found.moveToFirst();
        return found.getLong(0);
    }

    public static String sqlEscapeString(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
