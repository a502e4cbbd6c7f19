"""Gates on a mode that a server sets, and on a field read before a download."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gate_parts import CONFIG, config
from benchmarks.gatebench.idioms.gates_remote import SYNC, parts, stored
from benchmarks.gatebench.idioms.writing import Outside, Template

SWITCH = Idiom(
    "gate",
    "remote-mode-switch",
    Template(
        sources={
            "@T_config@": stored('editor.putInt("@k_mode@", config.optInt("@k_mode@", -1));'),
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        int mode = @T_config@.@m_store@(context).getInt("@k_mode@", 0);
        switch (mode) {
            case 1:
            case 3:
                return true;
            case 2:
                return Locale.getDefault().getLanguage().equals("zh");
            default:
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
    opens=lambda profile, state: state.get("mode") == 1 or (state.get("mode") == 2 and profile.locale[:2] == "zh"),
    server={"mode": (0, 1, 2)},
    stages=("use", "consequence"),
)

DOWNLOAD = Idiom(
    "gate",
    "remote-field-at-download",
    Template(
        sources={
            "@T_config@": """@imports@
final class @T_config@ {
    static boolean @m_wanted@() {
        try {
            return @m_fetch@().optInt("@k_switch@", 0) == 1;
        } catch (IOException | JSONException cause) {
            return false;
        }
    }
@fetch@}
"""
        },
        use="@T_config@.@m_wanted@()",
        outside=Outside(replies={CONFIG: config(on="@k_switch@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("on") == 1,
    server={"on": (0, 1)},
    stages=("download",),
)

IDIOMS = (SWITCH, DOWNLOAD)
