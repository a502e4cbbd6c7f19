"""Comparisons whose words stand in the comparison itself: chains of calls and a switch on the text."""

from benchmarks.gatebench.fragments import Idiom, literal
from benchmarks.gatebench.idioms.matchers_plain import itself
from benchmarks.gatebench.idioms.writing import Template

INLINE = "inline"

LIST = Idiom(
    "list",
    "constants-in-comparison",
    Template(use="new String[] {@entries@}"),
    origin="constants",
    gives=INLINE,
)

CHAIN = Idiom(
    "matcher",
    "contains-chain",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(String text) {
        return @tests@;
    }
}
"""
        },
        use="@T_match@.@m_hit@({text})",
        parts=lambda _names, wiring: {
            "tests": "\n                || ".join(f"text.contains({literal(word)})" for word in wiring.entries)
        },
    ),
    takes=(INLINE,),
)

ELSE_IF = Idiom(
    "matcher",
    "equals-chain",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static int @m_rank@(String text) {
        String trimmed = text.trim();
        @tests@
        return 0;
    }
}
"""
        },
        use="@T_match@.@m_rank@({text}) > 0",
        parts=lambda _names, wiring: {
            "tests": "\n        ".join(
                f"if ({literal(word)}.equals(trimmed)) {{\n            return {rank};\n        }}"
                for rank, word in enumerate(wiring.entries, 1)
            )
        },
    ),
    takes=(INLINE,),
    sample=itself,
)

SWITCH = Idiom(
    "matcher",
    "switch-on-text",
    Template(
        sources={
            "@T_match@": """
final class @T_match@ {
    static boolean @m_hit@(String text) {
        switch (text.trim().toLowerCase(Locale.ROOT)) {
            @cases@
                return true;
            default:
                return false;
        }
    }
}
"""
        },
        use="@T_match@.@m_hit@({text})",
        parts=lambda _names, wiring: {
            "cases": "\n            ".join(f"case {literal(word)}:" for word in wiring.entries)
        },
    ),
    held_back=True,
    takes=(INLINE,),
    sample=itself,
)

PATTERN = Idiom(
    "matcher",
    "pattern-constant",
    Template(
        sources={
            "@T_match@": """
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class @T_match@ {
    private static final Pattern @f_pattern@ = Pattern.compile(@pattern@, Pattern.CASE_INSENSITIVE);

    static boolean @m_hit@(CharSequence text) {
        Matcher matcher = @f_pattern@.matcher(text);
        return matcher.find();
    }
}
"""
        },
        use="@T_match@.@m_hit@({text})",
        parts=lambda _names, wiring: {"pattern": literal("(" + "|".join(wiring.entries) + ")")},
    ),
    held_back=True,
    takes=(INLINE,),
)

IDIOMS = (LIST, CHAIN, ELSE_IF, SWITCH, PATTERN)
