"""Comparisons by sets, expressions, tables, streams and digests."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH, USE, itself
from benchmarks.gatebench.idioms.writing import Template

TOKENS = Idiom(
    "matcher",
    "set-contains-token",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(Set<String> words, String text) {
        for (String token : text.toLowerCase(Locale.ROOT).split("\\\\s+")) {
            if (words.contains(token)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use=USE,
    ),
    takes=("Set<String>",),
    tokens=True,
)

WHOLE = Idiom(
    "matcher",
    "set-contains-whole",
    Template(use="@words({context})@.contains({text}.trim())"),
    takes=("Set<String>", "List<String>"),
    sample=itself,
)

REGEX = Idiom(
    "matcher",
    "regex-of-list",
    Template(
        sources={
            "@T_match@": """
import java.util.regex.Pattern;

class @T_match@ {
    private final Pattern @f_pattern@;

    @T_match@(@L@ words) {
        StringBuilder expression = new StringBuilder();
        for (String word : words) {
            if (expression.length() > 0) {
                expression.append('|');
            }
            expression.append(Pattern.quote(word));
        }
        @f_pattern@ = expression.length() == 0 ? null
                : Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE);
    }

    boolean @m_hit@(String text) {
        return @f_pattern@ != null && @f_pattern@.matcher(text).find();
    }
}
"""
        },
        use="new @T_match@(@words({context})@).@m_hit@({text})",
    ),
    takes=EACH,
)

REGEX_EACH = Idiom(
    "matcher",
    "regex-each-matches",
    Template(
        sources={
            "@T_match@": """
import java.util.regex.Pattern;

final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        for (String word : words) {
            if (Pattern.matches(".*" + Pattern.quote(word) + ".*", text)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=EACH,
)

LIKE = Idiom(
    "matcher",
    "sql-like",
    Template(
        sources={
            "@T_match@": """
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;

final class @T_match@ {
    private static final String @f_question@ =
            "SELECT COUNT(*) FROM @k_table@ WHERE ? LIKE '%' || @k_column@ || '%'";

    static boolean @m_hit@(SQLiteDatabase store, String text) {
        try (Cursor cursor = store.rawQuery(@f_question@, new String[] {text.toString()})) {
            return cursor.moveToFirst() && cursor.getInt(0) > 0;
        }
    }
}
"""
        },
        use=USE,
    ),
    takes=("table",),
)

SQL_EQUAL = Idiom(
    "matcher",
    "sql-equal",
    Template(
        sources={
            "@T_match@": """
import android.database.Cursor;
import android.database.sqlite.SQLiteDatabase;

final class @T_match@ {
    static boolean @m_hit@(SQLiteDatabase store, String text) {
        Cursor cursor = store.query("@k_table@", new String[] {"@k_column@"}, "@k_column@=?",
                new String[] {text.trim()}, null, null, null);
        boolean found = cursor.getCount() > 0;
        cursor.close();
        return found;
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=("table",),
    sample=itself,
)

STREAM = Idiom(
    "matcher",
    "stream-any-match",
    Template(
        use="@words({context})@.stream().anyMatch(word -> {text}.toLowerCase(Locale.ROOT).contains(word))",
    ),
    takes=("List<String>", "Set<String>"),
)

STREAM_METHOD = Idiom(
    "matcher",
    "stream-of-tokens",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(Set<String> words, String text) {
        return Arrays.stream(text.split("[ ,.;/]+")).map(String::trim).anyMatch(words::contains);
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=("Set<String>",),
    tokens=True,
)

DISJOINT = Idiom(
    "matcher",
    "collections-disjoint",
    Template(
        sources={
            "@T_match@": """
import java.util.regex.Pattern;

final class @T_match@ {
    private static final Pattern @f_gap@ = Pattern.compile("[^\\\\p{L}\\\\p{N}]+");

    static boolean @m_hit@(Collection<String> words, String text) {
        List<String> tokens = Arrays.asList(@f_gap@.split(text));
        return !Collections.disjoint(tokens, words);
    }
}
"""
        },
        use=USE,
    ),
    takes=("List<String>", "Set<String>"),
    tokens=True,
)

RETAIN = Idiom(
    "matcher",
    "retain-all",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(Collection<String> words, String text) {
        Set<String> tokens = new HashSet<>();
        for (StringTokenizer each = new StringTokenizer(text); each.hasMoreTokens(); ) {
            tokens.add(each.nextToken());
        }
        tokens.retainAll(words);
        return !tokens.isEmpty();
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=("List<String>", "Set<String>"),
    tokens=True,
)


IDIOMS = (
    TOKENS,
    WHOLE,
    REGEX,
    REGEX_EACH,
    LIKE,
    SQL_EQUAL,
    STREAM,
    STREAM_METHOD,
    DISJOINT,
    RETAIN,
)
