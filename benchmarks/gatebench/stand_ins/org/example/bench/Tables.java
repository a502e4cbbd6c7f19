package org.example.bench;

import android.database.Cursor;
import android.database.MatrixCursor;
import android.database.sqlite.SQLiteException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of one database, and as much of SQL as the specimens speak. */
public final class Tables {
    private static final Pattern CREATE = Pattern.compile(
            "(?is)\\s*create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)\\s*\\((.*)\\).*");
    private static final Pattern INSERT = Pattern.compile(
            "(?is)\\s*(?:insert|replace)\\s+(?:or\\s+\\w+\\s+)?(?:into\\s+)?(\\w+)\\s*\\(([^)]*)\\)\\s*values\\s*\\((.*)\\).*");
    private static final Pattern SELECT = Pattern.compile(
            "(?is)\\s*select\\s+(.*?)\\s+from\\s+(\\w+)(?:\\s+where\\s+(.*?))?(?:\\s+(?:order|group|limit)\\s+.*)?;?\\s*");
    private static final Pattern DELETE = Pattern.compile(
            "(?is)\\s*delete\\s+from\\s+(\\w+)(?:\\s+where\\s+(.*?))?;?\\s*");
    private final Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> columns = new LinkedHashMap<>();

    public Tables(String place) {
        File file = new File(place);
        if (file.isFile()) {
            try {
                List<String> lines = Files.readAllLines(file.toPath());
                String[] named = lines.get(0).split("/");
                columns.put(named[0], new LinkedHashSet<>(Arrays.asList(named[1])));
                rows.put(named[0], new ArrayList<>());
                lines.subList(1, lines.size()).forEach(line -> rows.get(named[0]).add(one(named[1], line)));
            } catch (IOException unreadable) {
                throw new SQLiteException(String.valueOf(unreadable));
            }
        }
    }

    private static Map<String, Object> one(String column, Object value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(column, value);
        return row;
    }

    public boolean fresh() {
        return columns.isEmpty();
    }

    public void execute(String statement, Object[] arguments) {
        Matcher create = CREATE.matcher(statement);
        Matcher insert = INSERT.matcher(statement);
        Matcher delete = DELETE.matcher(statement);
        if (create.matches()) {
            Set<String> names = new LinkedHashSet<>();
            for (String column : create.group(2).split(",")) {
                names.add(column.trim().split("\\s+")[0]);
            }
            columns.putIfAbsent(create.group(1), names);
            rows.putIfAbsent(create.group(1), new ArrayList<>());
        } else if (insert.matches()) {
            Object[] values = new Expression(insert.group(3), arguments).list(new LinkedHashMap<>());
            String[] names = insert.group(2).split(",");
            Map<String, Object> row = new LinkedHashMap<>();
            for (int at = 0; at < names.length; at++) {
                row.put(names[at].trim(), values[at]);
            }
            insert(insert.group(1), row);
        } else if (delete.matches()) {
            delete(delete.group(1), delete.group(2), texts(arguments));
        } else if (!statement.trim().toLowerCase(java.util.Locale.ROOT).matches("(?s)(drop|create index|pragma).*")) {
            throw new SQLiteException("not understood: " + statement);
        }
    }

    private static String[] texts(Object[] arguments) {
        return Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    }

    private List<Map<String, Object>> table(String name) {
        List<Map<String, Object>> found = rows.get(name);
        if (found == null) {
            throw new SQLiteException("no such table: " + name);
        }
        return found;
    }

    public long insert(String table, Map<String, Object> row) {
        table(table).add(row);
        Bench.effect("store", "table " + table + " " + row);
        return table(table).size();
    }

    public int update(String table, Map<String, Object> values, String where, String[] arguments) {
        int count = 0;
        for (Map<String, Object> row : table(table)) {
            if (holds(where, arguments, row)) {
                row.putAll(values);
                count++;
            }
        }
        Bench.effect("store", "table " + table + " " + values);
        return count;
    }

    public int delete(String table, String where, String[] arguments) {
        int before = table(table).size();
        table(table).removeIf(row -> holds(where, arguments, row));
        return before - table(table).size();
    }

    private static boolean holds(String where, Object[] arguments, Map<String, Object> row) {
        return where == null || where.isEmpty() || Expression.truth(new Expression(where, arguments).value(row));
    }

    public Cursor select(String table, String[] wanted, String where, String[] arguments) {
        String[] names = wanted == null ? columns.get(table).toArray(new String[0]) : wanted;
        MatrixCursor made = new MatrixCursor(names);
        boolean counted = names.length == 1 && names[0].toLowerCase(java.util.Locale.ROOT).startsWith("count(");
        int count = 0;
        for (Map<String, Object> row : table(table)) {
            if (holds(where, arguments, row)) {
                count++;
                if (!counted) {
                    made.addRow(Arrays.stream(names).map(name -> new Expression(name, null).value(row)).toArray());
                }
            }
        }
        if (counted) {
            made.addRow(new Object[] {count});
        }
        return made;
    }

    public Cursor query(String query, String[] arguments) {
        Matcher found = SELECT.matcher(query);
        if (!found.matches()) {
            throw new SQLiteException("not understood: " + query);
        }
        String wanted = found.group(1).trim();
        String[] names = wanted.equals("*") ? null : wanted.split("\\s*,\\s*(?![^(]*\\))");
        return select(found.group(2), names, found.group(3), arguments);
    }
}
