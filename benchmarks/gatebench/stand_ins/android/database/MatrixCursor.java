package android.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

public class MatrixCursor implements Cursor {
    private final String[] names;
    private final List<Object[]> rows = new ArrayList<>();
    private int at = -1;
    private boolean closed;

    public MatrixCursor(String[] names) {
        this.names = names;
    }

    public void addRow(Object[] values) {
        rows.add(values.clone());
    }

    public void addRow(Iterable<?> values) {
        List<Object> row = new ArrayList<>();
        values.forEach(row::add);
        rows.add(row.toArray());
    }

    @Override
    public int getCount() {
        return rows.size();
    }

    @Override
    public int getPosition() {
        return at;
    }

    @Override
    public boolean moveToFirst() {
        return moveToPosition(0);
    }

    @Override
    public boolean moveToNext() {
        return moveToPosition(at + 1);
    }

    @Override
    public boolean moveToPosition(int position) {
        at = Math.min(position, rows.size());
        return at < rows.size();
    }

    @Override
    public boolean isAfterLast() {
        return at >= rows.size();
    }

    @Override
    public boolean isLast() {
        return at == rows.size() - 1;
    }

    @Override
    public int getColumnCount() {
        return names.length;
    }

    @Override
    public int getColumnIndex(String name) {
        return Arrays.asList(names).indexOf(name);
    }

    @Override
    public int getColumnIndexOrThrow(String name) {
        if (getColumnIndex(name) < 0) {
            throw new IllegalArgumentException(name);
        }
        return getColumnIndex(name);
    }

    @Override
    public String getColumnName(int column) {
        return names[column];
    }

    @Override
    public String[] getColumnNames() {
        return names.clone();
    }

    @Override
    public String getString(int column) {
        Object value = rows.get(at)[column];
        return value == null ? null : value.toString();
    }

    @Override
    public int getInt(int column) {
        return (int) getLong(column);
    }

    @Override
    public long getLong(int column) {
        Object value = rows.get(at)[column];
        return value instanceof Number ? ((Number) value).longValue() : value == null ? 0 : Long.parseLong(value.toString());
    }

    @Override
    public boolean isNull(int column) {
        return rows.get(at)[column] == null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
