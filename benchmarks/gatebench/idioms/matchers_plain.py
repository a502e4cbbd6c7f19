"""Comparisons by the methods of strings, one entry after another."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.writing import Template

EACH = ("List<String>", "Set<String>", "String[]")
USE = "@T_match@.@m_hit@(@words({context})@, {text})"


def starts(word: str) -> str:
    """Return a text that begins with the word."""
    return f"{word} and no more than that"


def itself(word: str) -> str:
    """Return the word as the whole text."""
    return word


def louder(word: str) -> str:
    """Return the word in other case as the whole text."""
    return word.upper()


CONTAINS = Idiom(
    "matcher",
    "contains-loop",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    private @T_match@() {
    }

    static boolean @m_hit@(@L@ words, String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (folded.contains(word)) {
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

INDEX_OF = Idiom(
    "matcher",
    "index-of-by-position",
    Template(
        sources={
            "@T_match@": """
class @T_match@ {
    private final List<String> @f_words@;

    @T_match@(List<String> words) {
        this.@f_words@ = words;
    }

    String @m_first@(String text) {
        for (int at = 0; at < @f_words@.size(); at++) {
            if (text.indexOf(@f_words@.get(at)) >= 0) {
                return @f_words@.get(at);
            }
        }
        return null;
    }
}
"""
        },
        use="new @T_match@(@words({context})@).@m_first@({text}) != null",
    ),
)

INDEX_ARRAY = Idiom(
    "matcher",
    "index-of-in-array",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(String[] words, String text) {
        boolean found = false;
        for (int at = 0; at < words.length && !found; at++) {
            found = text.indexOf(words[at]) != -1;
        }
        return found;
    }
}
"""
        },
        use=USE,
    ),
    takes=("String[]",),
)

EQUALS = Idiom(
    "matcher",
    "equals",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        String wanted = text.trim();
        for (String word : words) {
            if (word.equals(wanted)) {
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
    sample=itself,
)

EQUALS_FOLDED = Idiom(
    "matcher",
    "equals-ignore-case",
    Template(
        sources={
            "@T_match@": """
class @T_match@ {
    private static @T_match@ @f_shared@;

    static @T_match@ @m_shared@() {
        if (@f_shared@ == null) {
            @f_shared@ = new @T_match@();
        }
        return @f_shared@;
    }

    int @m_count@(@L@ words, String text) {
        int count = 0;
        for (String word : words) {
            if (text.equalsIgnoreCase(word)) {
                count++;
            }
        }
        return count;
    }
}
"""
        },
        use="@T_match@.@m_shared@().@m_count@(@words({context})@, {text}) > 0",
    ),
    takes=EACH,
    sample=louder,
)

STARTS = Idiom(
    "matcher",
    "starts-with",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        for (String word : words) {
            if (text.startsWith(word)) {
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
    sample=starts,
)

REGION = Idiom(
    "matcher",
    "region-matches",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        for (String word : words) {
            for (int from = 0; from + word.length() <= text.length(); from++) {
                if (text.regionMatches(true, from, word, 0, word.length())) {
                    return true;
                }
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

REPLACED = Idiom(
    "matcher",
    "replaced-and-compared",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        String rest = text;
        for (String word : words) {
            rest = rest.replace(word, "");
        }
        return rest.length() != text.length();
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=EACH,
)

KOTLIN = Idiom(
    "matcher",
    "kotlin-contains",
    Template(
        sources={
            "@T_match@": """
import kotlin.text.StringsKt;

final class @T_match@ {
    static final boolean @m_hit@(@L@ words, String text) {
        Iterator<String> each = @iterable@.iterator();
        while (each.hasNext()) {
            if (StringsKt.contains$default((CharSequence) text, (CharSequence) each.next(), true, 2, null)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use=USE,
        libraries=("kotlin",),
        parts=lambda _names, wiring: {
            "iterable": "Arrays.asList(words)" if wiring.gives == "String[]" else "words",
        },
    ),
    held_back=True,
    takes=EACH,
    language="imitated",
)

IDIOMS = (CONTAINS, INDEX_OF, INDEX_ARRAY, EQUALS, EQUALS_FOLDED, STARTS, REGION, REPLACED, KOTLIN)
