"""Comparisons written by hand: loops over characters, tries, automata."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH, USE
from benchmarks.gatebench.idioms.writing import Template

CHARACTERS = Idiom(
    "matcher",
    "characters-loop",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        for (String word : words) {
            if (@m_at@(text, word) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static int @m_at@(String text, String word) {
        int last = text.length() - word.length();
        for (int from = 0; from <= last; from++) {
            int at = 0;
            while (at < word.length() && text.charAt(from + at) == word.charAt(at)) {
                at++;
            }
            if (at == word.length()) {
                return from;
            }
        }
        return -1;
    }
}
"""
        },
        use=USE,
    ),
    takes=EACH,
)

ARRAYS = Idiom(
    "matcher",
    "character-arrays-loop",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(@L@ words, String text) {
        char[] letters = text.toCharArray();
        for (String word : words) {
            char[] wanted = word.toCharArray();
            int run = 0;
            for (int at = 0; at < letters.length; at++) {
                if (letters[at] == wanted[run]) {
                    run++;
                    if (run == wanted.length) {
                        return true;
                    }
                } else {
                    at -= run;
                    run = 0;
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

TRIE = Idiom(
    "matcher",
    "trie-of-maps",
    Template(
        sources={
            "@T_node@": """
final class @T_node@ {
    final Map<Character, @T_node@> @f_next@ = new HashMap<>();
    boolean @f_end@;
}
""",
            "@T_match@": """
final class @T_match@ {
    private final @T_node@ @f_root@ = new @T_node@();

    @T_match@(@L@ words) {
        for (String word : words) {
            @T_node@ node = @f_root@;
            for (int at = 0; at < word.length(); at++) {
                char letter = word.charAt(at);
                @T_node@ next = node.@f_next@.get(letter);
                if (next == null) {
                    next = new @T_node@();
                    node.@f_next@.put(letter, next);
                }
                node = next;
            }
            node.@f_end@ = true;
        }
    }

    boolean @m_hit@(String text) {
        for (int from = 0; from < text.length(); from++) {
            @T_node@ node = @f_root@;
            for (int at = from; node != null && at < text.length(); at++) {
                node = node.@f_next@.get(text.charAt(at));
                if (node != null && node.@f_end@) {
                    return true;
                }
            }
        }
        return false;
    }
}
""",
        },
        use="new @T_match@(@words({context})@).@m_hit@({text})",
    ),
    takes=EACH,
)

TRIE_ARRAY = Idiom(
    "matcher",
    "trie-of-arrays",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    private static final class @T_node@ {
        private char[] letters = new char[4];
        private @T_node@[] children = new @T_node@[4];
        private int count;
        private boolean leaf;

        private @T_node@ @m_child@(char letter) {
            for (int at = 0; at < count; at++) {
                if (letters[at] == letter) {
                    return children[at];
                }
            }
            return null;
        }

        private @T_node@ @m_grow@(char letter) {
            @T_node@ there = @m_child@(letter);
            if (there != null) {
                return there;
            }
            if (count == letters.length) {
                letters = Arrays.copyOf(letters, count * 2);
                children = Arrays.copyOf(children, count * 2);
            }
            letters[count] = letter;
            children[count] = new @T_node@();
            return children[count++];
        }
    }

    static boolean @m_hit@(@L@ words, String text) {
        @T_node@ root = new @T_node@();
        for (String word : words) {
            @T_node@ node = root;
            for (char letter : word.toCharArray()) {
                node = node.@m_grow@(letter);
            }
            node.leaf = true;
        }
        for (int from = 0; from < text.length(); from++) {
            if (@m_walk@(root, text, from)) {
                return true;
            }
        }
        return false;
    }

    private static boolean @m_walk@(@T_node@ node, String text, int at) {
        if (node == null) {
            return false;
        }
        return node.leaf || at < text.length() && @m_walk@(node.@m_child@(text.charAt(at)), text, at + 1);
    }
}
"""
        },
        use=USE,
    ),
    held_back=True,
    takes=EACH,
)

AUTOMATON = Idiom(
    "matcher",
    "automaton",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    private static final int @f_fan@ = 128;
    private final ArrayList<int[]> @f_goto@ = new ArrayList<>();
    private final ArrayList<Boolean> @f_final@ = new ArrayList<>();
    private int[] @f_fail@;

    static boolean @m_hit@(@L@ words, String text) {
        @T_match@ built = new @T_match@();
        built.@m_state@();
        for (String word : words) {
            built.@m_add@(word);
        }
        built.@m_link@();
        return built.@m_run@(text);
    }

    private int @m_state@() {
        int[] row = new int[@f_fan@];
        Arrays.fill(row, -1);
        @f_goto@.add(row);
        @f_final@.add(Boolean.FALSE);
        return @f_goto@.size() - 1;
    }

    private void @m_add@(String word) {
        int state = 0;
        for (int at = 0; at < word.length(); at++) {
            int letter = word.charAt(at) % @f_fan@;
            if (@f_goto@.get(state)[letter] < 0) {
                @f_goto@.get(state)[letter] = @m_state@();
            }
            state = @f_goto@.get(state)[letter];
        }
        @f_final@.set(state, Boolean.TRUE);
    }

    private void @m_link@() {
        @f_fail@ = new int[@f_goto@.size()];
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        for (int letter = 0; letter < @f_fan@; letter++) {
            int next = @f_goto@.get(0)[letter];
            if (next < 0) {
                @f_goto@.get(0)[letter] = 0;
            } else {
                queue.add(next);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int letter = 0; letter < @f_fan@; letter++) {
                int next = @f_goto@.get(state)[letter];
                int back = @f_goto@.get(@f_fail@[state])[letter];
                if (next < 0) {
                    @f_goto@.get(state)[letter] = back;
                } else {
                    @f_fail@[next] = back;
                    @f_final@.set(next, @f_final@.get(next) || @f_final@.get(back));
                    queue.add(next);
                }
            }
        }
    }

    private boolean @m_run@(String text) {
        int state = 0;
        for (int at = 0; at < text.length(); at++) {
            state = @f_goto@.get(state)[text.charAt(at) % @f_fan@];
            if (@f_final@.get(state)) {
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

IDIOMS = (CHARACTERS, ARRAYS, TRIE, TRIE_ARRAY, AUTOMATON)
