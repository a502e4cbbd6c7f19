package android.database;

public interface Cursor extends java.io.Closeable {
    int getCount();
    int getPosition();
    boolean moveToFirst();
    boolean moveToNext();
    boolean moveToPosition(int position);
    boolean isAfterLast();
    boolean isLast();
    int getColumnCount();
    int getColumnIndex(String name);
    int getColumnIndexOrThrow(String name);
    String getColumnName(int column);
    String[] getColumnNames();
    String getString(int column);
    int getInt(int column);
    long getLong(int column);
    boolean isNull(int column);
    boolean isClosed();
    @Override
    void close();
}
