"""Gates of versions, groups, shares and ages: what a server says is held against what the handset has."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gate_parts import CONFIG, PARTS, config, market
from benchmarks.gatebench.idioms.gates_remote import SYNC, parts, stored
from benchmarks.gatebench.idioms.writing import Outside, Template

BUILT = Idiom(
    "gate",
    "version-of-this-build",
    Template(
        sources={
            "@T_build@": """
final class @T_build@ {
    static final int VERSION_CODE = 7;
}
""",
            "@T_config@": stored('editor.putInt("@k_first@", config.optInt("@k_first@", 1999999999));'),
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        int first = @T_config@.@m_store@(context).getInt("@k_first@", 1999999999);
        return @T_build@.VERSION_CODE >= first;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(first="@k_first@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("first") == 3,
    server={"first": (3, 400)},
    stages=("use", "download"),
)

NEWER = Idiom(
    "gate",
    "version-name-in-range",
    Template(
        sources={
            "@T_config@": stored(
                'editor.putString("@k_last@", config.optString("@k_last@", "0.0"));',
            ),
            "@T_gate@": """
final class @T_gate@ {
    private static final String @f_mine@ = "1.7";

    private static int @m_number@(String version) {
        String[] parts = version.split("\\\\.");
        return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
    }

    static boolean @m_open@(Context context) {
        String last = @T_config@.@m_store@(context).getString("@k_last@", "0.0");
        return @m_number@(@f_mine@) <= @m_number@(last);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(last="@k_last@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: state.get("last") == "3.2",
    server={"last": ("1.2", "3.2")},
)

CACHED = Idiom(
    "gate",
    "cache-not-too-old",
    Template(
        sources={
            "@T_config@": stored(
                'editor.putLong("@k_lasts@", config.optLong("@k_lasts@", 0L));\n'
                '            editor.putLong("@k_fetched@", System.currentTimeMillis());'
            ),
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        SharedPreferences cache = @T_config@.@m_store@(context);
        long seconds = cache.getLong("@k_lasts@", 0L);
        if (seconds <= 0L) {
            return false;
        }
        return System.currentTimeMillis() - cache.getLong("@k_fetched@", 0L) < seconds * 1000L;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(lasts="@k_lasts@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("lasts") == 86400,
    server={"lasts": (0, 86400)},
)

GROUP = Idiom(
    "gate",
    "group-of-experiment",
    Template(
        sources={
            "@T_config@": stored('editor.putString("@k_group@", config.optString("@k_group@", "control"));'),
            "@T_gate@": """
final class @T_gate@ {
    enum @T_group@ { CONTROL, TREATED }

    private static @T_group@ @m_group@(Context context) {
        String name = @T_config@.@m_store@(context).getString("@k_group@", "control");
        return "treated".equalsIgnoreCase(name) ? @T_group@.TREATED : @T_group@.CONTROL;
    }

    static boolean @m_open@(Context context) {
        return @m_group@(context) == @T_group@.TREATED;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(group="@k_group@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("group") == "treated",
    server={"group": ("control", "treated")},
    stages=("use", "consequence"),
)

DRAWN = Idiom(
    "gate",
    "share-drawn-once",
    Template(
        sources={
            "@T_config@": stored(
                'editor.putFloat("@k_share@", (float) config.optDouble("@k_share@", 0.0));\n'
                '            if (!@m_store@(context).contains("@k_drawn@")) {\n'
                '                editor.putFloat("@k_drawn@", new Random().nextFloat());\n'
                "            }"
            ),
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        SharedPreferences store = @T_config@.@m_store@(context);
        return store.getFloat("@k_drawn@", 1f) < store.getFloat("@k_share@", 0f);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(share="@k_share@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: state.get("share") == 1,
    server={"share": (0, 1)},
)

NETWORK = Idiom(
    "gate",
    "network-country-equals",
    Template(
        sources={
            "@T_gate@": """
import android.telephony.TelephonyManager;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        TelephonyManager phone = (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
        String country = phone.getNetworkCountryIso();
        return country != null && country.equalsIgnoreCase("CN");
    }
}
"""
        },
        use="@T_gate@.@m_open@({context})",
        parts=lambda _names, _wiring: PARTS,
    ),
    opens=market("CN"),
    stages=("use", "download", "consequence"),
)

IDIOMS = (BUILT, NEWER, CACHED, GROUP, DRAWN, NETWORK)
