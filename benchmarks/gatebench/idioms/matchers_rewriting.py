"""Comparisons by what is left of a text, or of its letters: replaced, normalised, reduced."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH, USE
from benchmarks.gatebench.idioms.writing import Template

SHORTER = Idiom(
    "matcher",
    "replaced-by-pattern-and-shorter",
    Template(
        sources={
            "@T_match@": """
import java.util.regex.Pattern;

final class @T_match@ {
    static String @m_clean@(@L@ words, String text) {
        String left = text;
        for (String word : words) {
            left = left.replaceAll("(?i)" + Pattern.quote(word), "");
        }
        return left;
    }

    static boolean @m_hit@(@L@ words, String text) {
        return @m_clean@(words, text).length() < text.length();
    }
}
"""
        },
        use=USE,
    ),
    takes=EACH,
)

STARRED = Idiom(
    "matcher",
    "starred-copy-not-equal",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    private final Map<String, String> @f_stars@ = new LinkedHashMap<>();

    @T_match@(@L@ words) {
        for (String word : words) {
            char[] stars = new char[word.length()];
            Arrays.fill(stars, '*');
            @f_stars@.put(word, String.valueOf(stars));
        }
    }

    boolean @m_hit@(String text) {
        String shown = text;
        for (Map.Entry<String, String> each : @f_stars@.entrySet()) {
            shown = shown.replace(each.getKey(), each.getValue());
        }
        return !Objects.equals(shown, text);
    }
}
"""
        },
        use="new @T_match@(@words({context})@).@m_hit@({text})",
    ),
    takes=EACH,
)

NORMALISED = Idiom(
    "matcher",
    "normalised-and-contained",
    Template(
        sources={
            "@T_match@": """
import java.text.Normalizer;

final class @T_match@ {
    private static String @m_fold@(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ENGLISH);
    }

    static boolean @m_hit@(@L@ words, String text) {
        String folded = @m_fold@(text);
        for (String word : words) {
            if (!word.isEmpty() && folded.contains(@m_fold@(word))) {
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
    takes=EACH,
)

LETTERS = Idiom(
    "matcher",
    "letters-only-contained",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (Character.isLetter(one)) {
                letters.append(Character.toLowerCase(one));
            }
        }
        for (String word : words) {
            if (letters.indexOf(word) >= 0) {
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
    takes=EACH,
)

NOT_EMPTY = Idiom(
    "matcher",
    "contains-unless-list-is-empty",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(List<String> words, String text) {
        if (words == null || words.isEmpty()) {
            return false;
        }
        for (int at = 0; at < words.size(); at++) {
            if (text.contains(words.get(at))) {
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
    takes=("List<String>",),
)

IDIOMS = (SHORTER, STARRED, NORMALISED, LETTERS, NOT_EMPTY)
