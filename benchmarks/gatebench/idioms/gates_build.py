"""Gates on what the vendor built, and on the switch that comes with the list."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gate_parts import on
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.writing import Template


def never(_profile: object, _state: object) -> bool:
    """Return false: a gate that nothing opens."""
    return False


INLINED = Idiom(
    "gate",
    "build-constant-inlined",
    Template(
        sources={
            "@T_flags@": """
final class @T_flags@ {
    static final boolean @f_enabled@ = false;
}
""",
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@() {
        if (@T_flags@.@f_enabled@) {
            return true;
        }
        return false;
    }
}
""",
        },
        use="@T_gate@.@m_open@()",
    ),
    opens=never,
)

FIELD = Idiom(
    "gate",
    "build-constant-field",
    Template(
        sources={
            "@T_flags@": """
final class @T_flags@ {
    static final boolean @f_enabled@;
    static final int @f_level@;

    static {
        @f_level@ = Integer.parseInt("@n_level_1_3@");
        @f_enabled@ = @f_level@ > 5;
    }
}
"""
        },
        use="@T_flags@.@f_enabled@",
    ),
    held_back=True,
    opens=never,
)

OPEN_FIELD = Idiom(
    "gate",
    "build-constant-true",
    Template(
        sources={
            "@T_flags@": """
class @T_flags@ {
    private final boolean @f_enabled@;

    private @T_flags@(boolean enabled) {
        this.@f_enabled@ = enabled;
    }

    static final @T_flags@ @f_current@ = new @T_flags@(true);

    boolean @m_open@() {
        return @f_enabled@;
    }
}
"""
        },
        use="@T_flags@.@f_current@.@m_open@()",
    ),
)

FLAG = Idiom(
    "gate",
    "switch-with-the-list",
    Template(use="{flag}"),
    opens=on("flag"),
    server={"flag": (False, True)},
    needs_flag=True,
)

FLAG_MARKET = Idiom(
    "gate",
    "switch-with-the-list-outside-union",
    Template(
        sources={
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_europe@() {
        List<String> union = Arrays.asList(@union@);
        return union.contains(SystemProperties.get("@property@", "-"));
    }
}
"""
        },
        use="({flag} && !@T_gate@.@m_europe@())",
        market_properties=("@property@",),
        parts=property_name,
    ),
    held_back=True,
    opens=lambda profile, state: bool(state.get("flag")) and not profile.european_union,
    server={"flag": (False, True)},
    needs_flag=True,
)

IDIOMS = (INLINED, FIELD, OPEN_FIELD, FLAG, FLAG_MARKET)
