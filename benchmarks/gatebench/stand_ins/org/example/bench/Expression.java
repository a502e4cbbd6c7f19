package org.example.bench;

import android.database.sqlite.SQLiteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression of SQL: OR, AND, NOT, comparisons, LIKE, IN, ||, instr, lower, upper, length, trim, replace, ?. */
final class Expression {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*('(?:[^']|'')*'|\"[^\"]*\"|[A-Za-z_][\\w.]*|\\d+|\\|\\||<>|!=|<=|>=|==|[=<>(),?*])");
    private final List<String> tokens = new ArrayList<>();
    private final Object[] arguments;
    private Map<String, Object> row;
    private int at;
    private int used;

    Expression(String text, Object[] arguments) {
        this.arguments = arguments == null ? new Object[0] : arguments;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).trim().isEmpty()) {
            throw new SQLiteException("not understood: " + text);
        }
    }

    static boolean truth(Object value) {
        return value instanceof Number && ((Number) value).longValue() != 0;
    }

    Object value(Map<String, Object> given) {
        row = given;
        at = 0;
        used = 0;
        return either();
    }

    Object[] list(Map<String, Object> given) {
        row = given;
        List<Object> values = new ArrayList<>();
        do {
            values.add(either());
        } while (taken(","));
        return values.toArray();
    }

    private boolean taken(String word) {
        boolean found = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String word) {
        if (!taken(word)) {
            throw new SQLiteException("expected " + word + " in " + tokens);
        }
    }

    private static Object of(boolean value) {
        return value ? 1L : 0L;
    }

    private Object either() {
        Object left = both();
        while (taken("OR")) {
            Object right = both();
            left = of(truth(left) || truth(right));
        }
        return left;
    }

    private Object both() {
        Object left = negated();
        while (taken("AND")) {
            Object right = negated();
            left = of(truth(left) && truth(right));
        }
        return left;
    }

    private Object negated() {
        return taken("NOT") ? of(!truth(negated())) : compared();
    }

    private Object compared() {
        Object left = joined();
        boolean not = taken("NOT");
        if (taken("LIKE")) {
            return of(like(text(left), text(joined())) != not);
        }
        if (taken("IN")) {
            expect("(");
            boolean found = false;
            do {
                found |= text(left).equals(text(joined()));
            } while (taken(","));
            expect(")");
            return of(found != not);
        }
        for (String sign : new String[] {"=", "==", "<>", "!=", "<=", ">=", "<", ">"}) {
            if (taken(sign)) {
                return of(holds(sign, order(left, joined())));
            }
        }
        return left;
    }

    private static int order(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return Long.compare(((Number) left).longValue(), ((Number) right).longValue());
        }
        return text(left).compareTo(text(right));
    }

    private static boolean holds(String sign, int order) {
        switch (sign) {
            case "=": case "==": return order == 0;
            case "<>": case "!=": return order != 0;
            case "<=": return order <= 0;
            case ">=": return order >= 0;
            case "<": return order < 0;
            default: return order > 0;
        }
    }

    private Object joined() {
        Object left = primary();
        while (taken("||")) {
            left = text(left) + text(primary());
        }
        return left;
    }

    private Object primary() {
        String token = tokens.get(at++);
        char first = token.charAt(0);
        if (first == '\'') {
            return token.substring(1, token.length() - 1).replace("''", "'");
        }
        if (token.equals("?")) {
            return arguments[used++];
        }
        if (Character.isDigit(first)) {
            return Long.valueOf(token);
        }
        if (token.equals("(")) {
            Object inner = either();
            expect(")");
            return inner;
        }
        return taken("(") ? call(token.toLowerCase(Locale.ROOT)) : row.get(token.replace("\"", ""));
    }

    private Object call(String name) {
        List<String> given = new ArrayList<>();
        while (!taken(")")) {
            given.add(text(either()));
            taken(",");
        }
        switch (name) {
            case "instr": return (long) given.get(0).indexOf(given.get(1)) + 1;
            case "lower": return given.get(0).toLowerCase(Locale.ROOT);
            case "upper": return given.get(0).toUpperCase(Locale.ROOT);
            case "trim": return given.get(0).trim();
            case "length": return (long) given.get(0).length();
            case "replace": return given.get(0).replace(given.get(1), given.get(2));
            default: throw new SQLiteException("no such function: " + name);
        }
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static boolean like(String text, String pattern) {
        StringBuilder expression = new StringBuilder();
        for (char unit : pattern.toCharArray()) {
            expression.append(unit == '%' ? ".*" : unit == '_' ? "." : Pattern.quote(String.valueOf(unit)));
        }
        return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL).matcher(text).matches();
    }
}
