"""Gates that a server's configuration opens or closes."""

from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Wires
from benchmarks.gatebench.idioms.gate_parts import CONFIG, PARTS, config, on
from benchmarks.gatebench.idioms.writing import Outside, Template


def parts(_names: Naming, _wiring: Wires) -> Mapping[str, str]:
    """Return the loader and its imports."""
    return PARTS


def stored(puts: str) -> str:
    """Return a class that loads the configuration and keeps it in preferences by the given statements."""
    return (
        """@imports@
final class @T_config@ {
    static SharedPreferences @m_store@(Context context) {
        return context.getSharedPreferences("@k_config@", Context.MODE_PRIVATE);
    }

    static void @m_sync@(Context context) {
        try {
            JSONObject config = @m_fetch@();
            SharedPreferences.Editor editor = @m_store@(context).edit();
            """
        + puts
        + """
            editor.apply();
        } catch (IOException | JSONException cause) {
            Log.w("@T_config@", "kept", cause);
        }
    }
@fetch@}
"""
    )


SYNC = "@T_config@.@m_sync@({context});"

MEMORY = Idiom(
    "gate",
    "remote-field-in-memory",
    Template(
        sources={
            "@T_config@": """@imports@
final class @T_config@ {
    private static boolean @f_on@;

    static boolean @m_open@() {
        return @f_on@;
    }

    static void @m_sync@() {
        try {
            @f_on@ = @m_fetch@().optBoolean("@k_switch@", false);
        } catch (IOException | JSONException cause) {
            Log.w("@T_config@", cause);
        }
    }
@fetch@}
"""
        },
        use="@T_config@.@m_open@()",
        start="@T_config@.@m_sync@();",
        outside=Outside(replies={CONFIG: config(on="@k_switch@")}),
        parts=parts,
    ),
    opens=on("on"),
    server={"on": (False, True)},
    stages=("use", "consequence"),
)

PREFERENCE = Idiom(
    "gate",
    "remote-field-in-preference",
    Template(
        sources={
            "@T_config@": stored('editor.putBoolean("@k_switch@", config.optBoolean("@k_switch@", false));'),
        },
        use='@T_config@.@m_store@({context}).getBoolean("@k_switch@", false)',
        start=SYNC,
        outside=Outside(replies={CONFIG: config(on="@k_switch@")}),
        parts=parts,
    ),
    opens=on("on"),
    server={"on": (False, True)},
    stages=("use", "download"),
)

BOTH = Idiom(
    "gate",
    "remote-two-fields",
    Template(
        sources={
            "@T_config@": stored(
                'editor.putBoolean("@k_switch@", config.optBoolean("@k_switch@"));\n'
                '            editor.putInt("@k_level@", config.optInt("@k_level@", 0));'
            ),
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        SharedPreferences store = @T_config@.@m_store@(context);
        if (!store.getBoolean("@k_switch@", false)) {
            return false;
        }
        return store.getInt("@k_level@", 0) >= 2;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(on="@k_switch@", level="@k_level@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: bool(state.get("on")) and int(state.get("level") or 0) >= 2,
    server={"on": (False, True), "level": (0, 3)},
)

KILL = Idiom(
    "gate",
    "remote-kill-switch",
    Template(
        sources={
            "@T_config@": stored('editor.putBoolean("@k_off@", config.optBoolean("@k_off@", false));'),
        },
        use='!@T_config@.@m_store@({context}).getBoolean("@k_off@", false)',
        start=SYNC,
        outside=Outside(replies={CONFIG: config(off="@k_off@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: not state.get("off"),
    server={"off": (False, True)},
    stages=("use", "download"),
)

MISSING = Idiom(
    "gate",
    "remote-missing-is-open",
    Template(
        sources={
            "@T_config@": """@imports@
class @T_config@ {
    private JSONObject @f_last@ = new JSONObject();
    static final @T_config@ @f_shared@ = new @T_config@();

    boolean @m_open@() {
        return @f_last@.optBoolean("@k_switch@", true);
    }

    void @m_sync@() {
        try {
            @f_last@ = @m_fetch@();
        } catch (IOException | JSONException cause) {
            Log.w("@T_config@", cause);
        }
    }
@fetch@}
"""
        },
        use="@T_config@.@f_shared@.@m_open@()",
        start="@T_config@.@f_shared@.@m_sync@();",
        outside=Outside(replies={CONFIG: config(on="@k_switch@")}),
        parts=parts,
    ),
    opens=on("on", default=True),
    server={"on": (False, True)},
)

FAILS_OPEN = Idiom(
    "gate",
    "remote-exception-opens",
    Template(
        sources={
            "@T_config@": stored('editor.putString("@k_config@", config.toString());'),
            "@T_gate@": """
import org.json.JSONException;
import org.json.JSONObject;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        try {
            JSONObject config = new JSONObject(@T_config@.@m_store@(context).getString("@k_config@", ""));
            return config.getInt("@k_mode@") == 1;
        } catch (JSONException cause) {
            return true;
        }
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(mode="@k_mode@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("mode") is None or state.get("mode") == 1,
    server={"mode": (0, 1)},
    stages=("use", "consequence"),
)

FAILS_SHUT = Idiom(
    "gate",
    "remote-exception-shuts",
    Template(
        sources={
            "@T_config@": stored('editor.putString("@k_config@", config.toString());'),
            "@T_gate@": """
import org.json.JSONException;
import org.json.JSONObject;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String raw = @T_config@.@m_store@(context).getString("@k_config@", null);
        if (raw == null) {
            return false;
        }
        try {
            return "full".equals(new JSONObject(raw).getString("@k_mode@"));
        } catch (JSONException cause) {
            return false;
        }
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(mode="@k_mode@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: state.get("mode") == "full",
    server={"mode": ("full", "none")},
)

IDIOMS = (MEMORY, PREFERENCE, BOTH, KILL, MISSING, FAILS_OPEN, FAILS_SHUT)
