"""Comparisons by automata that are built from a list."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.matchers_plain import EACH
from benchmarks.gatebench.idioms.writing import Template

LINKED = Idiom(
    "matcher",
    "automaton-of-linked-nodes",
    Template(
        sources={
            "@T_state@": """
final class @T_state@ {
    final HashMap<Character, @T_state@> @f_edges@ = new HashMap<>();
    @T_state@ @f_back@;
    String @f_word@;
}
""",
            "@T_match@": """
final class @T_match@ {
    private final @T_state@ @f_start@ = new @T_state@();

    void @m_add@(String word) {
        @T_state@ state = @f_start@;
        for (char letter : word.toCharArray()) {
            @T_state@ next = state.@f_edges@.get(letter);
            if (next == null) {
                next = new @T_state@();
                state.@f_edges@.put(letter, next);
            }
            state = next;
        }
        state.@f_word@ = word;
    }

    void @m_link@() {
        LinkedList<@T_state@> open = new LinkedList<>();
        for (@T_state@ first : @f_start@.@f_edges@.values()) {
            first.@f_back@ = @f_start@;
            open.add(first);
        }
        while (!open.isEmpty()) {
            @T_state@ state = open.removeFirst();
            for (Map.Entry<Character, @T_state@> edge : state.@f_edges@.entrySet()) {
                @T_state@ target = edge.getValue();
                @T_state@ back = state.@f_back@;
                while (back != null && !back.@f_edges@.containsKey(edge.getKey())) {
                    back = back.@f_back@;
                }
                target.@f_back@ = back == null ? @f_start@ : back.@f_edges@.get(edge.getKey());
                if (target.@f_word@ == null) {
                    target.@f_word@ = target.@f_back@.@f_word@;
                }
                open.add(target);
            }
        }
    }

    String @m_find@(String text) {
        @T_state@ state = @f_start@;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            while (state != @f_start@ && !state.@f_edges@.containsKey(letter)) {
                state = state.@f_back@;
            }
            @T_state@ next = state.@f_edges@.get(letter);
            state = next == null ? @f_start@ : next;
            if (state.@f_word@ != null) {
                return state.@f_word@;
            }
        }
        return null;
    }

    static boolean @m_hit@(@L@ words, String text) {
        @T_match@ machine = new @T_match@();
        for (String word : words) {
            machine.@m_add@(word);
        }
        machine.@m_link@();
        return machine.@m_find@(text) != null;
    }
}
""",
        },
        use="@T_match@.@m_hit@(@words({context})@, {text})",
    ),
    takes=EACH,
)

IDIOMS = (LINKED,)
