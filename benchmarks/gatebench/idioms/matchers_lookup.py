"""Comparisons by looking a text up: maps and sorted arrays."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH, USE, itself
from benchmarks.gatebench.idioms.writing import Template

MAP = Idiom(
    "matcher",
    "map-contains-key",
    Template(
        sources={
            "@T_match@": """
class @T_match@ {
    private final Map<String, Integer> @f_index@ = new HashMap<>();

    @T_match@(@L@ words) {
        int position = 0;
        for (String word : words) {
            @f_index@.put(word.toLowerCase(Locale.ROOT), position++);
        }
    }

    boolean @m_hit@(String text) {
        for (String token : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            if (@f_index@.containsKey(token)) {
                return true;
            }
        }
        return false;
    }
}
"""
        },
        use="new @T_match@(@words({context})@).@m_hit@({text})",
    ),
    takes=EACH,
    tokens=True,
)

BINARY = Idiom(
    "matcher",
    "binary-search",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(String[] words, String text) {
        String[] sorted = words.clone();
        Arrays.sort(sorted);
        return Arrays.binarySearch(sorted, text.trim()) >= 0;
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=("String[]",),
    sample=itself,
)

INDEX = Idiom(
    "matcher",
    "list-index-of",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static int @m_place@(List<String> words, String text) {
        return words.indexOf(text.trim().toLowerCase(Locale.ROOT));
    }
}
"""
        },
        use="@T_match@.@m_place@(@words({context})@, {text}) != -1",
    ),
    takes=("List<String>",),
    sample=itself,
)

ENDS = Idiom(
    "matcher",
    "ends-with",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static String @m_found@(@L@ words, String text) {
        for (String word : words) {
            if (text.endsWith(word)) {
                return word;
            }
        }
        return "";
    }
}
"""
        },
        use="!@T_match@.@m_found@(@words({context})@, {text}).isEmpty()",
    ),
    held_back=True,
    takes=EACH,
    sample=lambda word: f"nothing else than {word}",
    tokens=True,
)

IDIOMS = (MAP, BINARY, INDEX, ENDS)
