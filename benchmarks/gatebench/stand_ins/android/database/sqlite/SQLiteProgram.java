package android.database.sqlite;

public abstract class SQLiteProgram implements java.io.Closeable {
    final SQLiteDatabase store;
    final String statement;
    final java.util.TreeMap<Integer, Object> bound = new java.util.TreeMap<>();

    SQLiteProgram(SQLiteDatabase store, String statement) {
        this.store = store;
        this.statement = statement;
    }

    public void bindString(int index, String value) {
        bound.put(index, value);
    }

    public void bindLong(int index, long value) {
        bound.put(index, value);
    }

    public void clearBindings() {
        bound.clear();
    }

    @Override
    public void close() {
    }
}
