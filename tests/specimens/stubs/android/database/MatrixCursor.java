package android.database;

public class MatrixCursor implements Cursor {
    public MatrixCursor(String[] columns) { }
    public void addRow(Object[] values) { throw new RuntimeException("stub"); }
    @Override public boolean moveToNext() { throw new RuntimeException("stub"); }
    @Override public String getString(int column) { throw new RuntimeException("stub"); }
    @Override public long getLong(int column) { throw new RuntimeException("stub"); }
    @Override public void close() { throw new RuntimeException("stub"); }
}
