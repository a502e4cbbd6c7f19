package android.database.sqlite;

import android.content.ContentValues;
import android.database.Cursor;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.example.bench.Bench;
import org.example.bench.Tables;

/** Tables in memory for the length of a run; a file of the world holds "table/column" and one value a line. */
public final class SQLiteDatabase implements java.io.Closeable {
    public static final int OPEN_READWRITE = 0;
    public static final int OPEN_READONLY = 1;
    public static final int CREATE_IF_NECESSARY = 268435456;
    public static final int CONFLICT_IGNORE = 4;
    public static final int CONFLICT_REPLACE = 5;

    public interface CursorFactory {
    }

    private final Tables tables;

    private SQLiteDatabase(Tables tables) {
        this.tables = tables;
    }

    public static SQLiteDatabase openOrCreateDatabase(String name, CursorFactory factory) {
        return new SQLiteDatabase((Tables) Bench.memory.computeIfAbsent("database " + name, key -> new Tables(name)));
    }

    public static SQLiteDatabase openOrCreateDatabase(File file, CursorFactory factory) {
        return openOrCreateDatabase(file.getPath(), factory);
    }

    public static SQLiteDatabase openDatabase(String path, CursorFactory factory, int flags) {
        if (flags != CREATE_IF_NECESSARY && !new File(path).exists()) {
            throw new SQLiteException("unable to open " + path);
        }
        return openOrCreateDatabase(path, factory);
    }

    boolean fresh() {
        return tables.fresh();
    }

    public void execSQL(String statement) {
        execSQL(statement, new Object[0]);
    }

    public void execSQL(String statement, Object[] arguments) {
        tables.execute(statement, arguments);
    }

    private static Map<String, Object> row(ContentValues values) {
        Map<String, Object> row = new LinkedHashMap<>();
        values.keySet().forEach(key -> row.put(key, values.get(key)));
        return row;
    }

    public long insert(String table, String nothing, ContentValues values) {
        return tables.insert(table, row(values));
    }

    public long insertOrThrow(String table, String nothing, ContentValues values) {
        return insert(table, nothing, values);
    }

    public long replace(String table, String nothing, ContentValues values) {
        return insert(table, nothing, values);
    }

    public long insertWithOnConflict(String table, String nothing, ContentValues values, int how) {
        return insert(table, nothing, values);
    }

    public int update(String table, ContentValues values, String where, String[] arguments) {
        return tables.update(table, row(values), where, arguments);
    }

    public int delete(String table, String where, String[] arguments) {
        return tables.delete(table, where, arguments);
    }

    public Cursor query(String table, String[] columns, String where, String[] arguments,
            String group, String having, String order) {
        return tables.select(table, columns, where, arguments);
    }

    public Cursor query(String table, String[] columns, String where, String[] arguments,
            String group, String having, String order, String limit) {
        return tables.select(table, columns, where, arguments);
    }

    public Cursor query(boolean distinct, String table, String[] columns, String where, String[] arguments,
            String group, String having, String order, String limit) {
        return tables.select(table, columns, where, arguments);
    }

    public Cursor rawQuery(String query, String[] arguments) {
        return tables.query(query, arguments);
    }

    public SQLiteStatement compileStatement(String statement) {
        return new SQLiteStatement(this, statement);
    }

    public void beginTransaction() {
    }

    public void setTransactionSuccessful() {
    }

    public void endTransaction() {
    }

    public boolean isOpen() {
        return true;
    }

    public void close() {
    }
}
