package android.database.sqlite;

public final class SQLiteStatement extends SQLiteProgram {
    SQLiteStatement(SQLiteDatabase store, String statement) {
        super(store, statement);
    }

    public void execute() {
        store.execSQL(statement, bound.values().toArray());
    }

    public long executeInsert() {
        execute();
        return 1;
    }

    private android.database.Cursor first() {
        String[] texts = bound.values().stream().map(String::valueOf).toArray(String[]::new);
        android.database.Cursor found = store.rawQuery(statement, texts);
        if (!found.moveToFirst()) {
            throw new SQLiteException("no row");
        }
        return found;
    }

    public long simpleQueryForLong() {
        return first().getLong(0);
    }

    public String simpleQueryForString() {
        return first().getString(0);
    }
}
