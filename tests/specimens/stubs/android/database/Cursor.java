package android.database;

public interface Cursor {
    boolean moveToNext();
    String getString(int column);
    long getLong(int column);
    void close();
}
