"""Gates of several variables: market with a server's field, shares, versions, ages, messages."""

from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Wires
from benchmarks.gatebench.idioms.gate_parts import CONFIG, PARTS, config, on
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.gates_remote import SYNC, stored
from benchmarks.gatebench.idioms.writing import Outside, Template


def parts(names: Naming, wiring: Wires) -> Mapping[str, str]:
    """Return the loader, its imports and the market."""
    return PARTS | dict(property_name(names, wiring))


ON = stored('editor.putBoolean("@k_switch@", config.optBoolean("@k_switch@"));')
SWITCH = Outside(replies={CONFIG: config(on="@k_switch@")})

AND = Idiom(
    "gate",
    "market-and-remote",
    Template(
        sources={
            "@T_config@": ON,
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        return @market@.equals("CN") && @T_config@.@m_store@(context).getBoolean("@k_switch@", false);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        market_properties=("@property@",),
        outside=SWITCH,
        parts=parts,
    ),
    opens=lambda profile, state: profile.market == "CN" and bool(state.get("on")),
    server={"on": (False, True)},
    stages=("use", "download", "consequence"),
)

OR = Idiom(
    "gate",
    "market-or-remote",
    Template(
        sources={
            "@T_config@": ON,
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    private static final String @f_home@ = "CN";

    static boolean @m_open@(Context context) {
        if (@f_home@.equals(@market@)) {
            return true;
        }
        boolean forced = @T_config@.@m_store@(context).getBoolean("@k_switch@", false);
        return forced;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        market_properties=("@property@",),
        outside=SWITCH,
        parts=parts,
    ),
    opens=lambda profile, state: profile.market == "CN" or bool(state.get("on")),
    server={"on": (False, True)},
    stages=("use", "download", "consequence"),
)

NEGATED = Idiom(
    "gate",
    "neither-nor",
    Template(
        sources={
            "@T_config@": stored('editor.putBoolean("@k_off@", config.optBoolean("@k_off@"));'),
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        boolean europe = Arrays.asList(@union@).contains(@market@);
        boolean off = @T_config@.@m_store@(context).getBoolean("@k_off@", false);
        return !(europe || off);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        market_properties=("@property@",),
        outside=Outside(replies={CONFIG: config(off="@k_off@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda profile, state: not (profile.european_union or bool(state.get("off"))),
    server={"off": (False, True)},
    stages=("use", "download"),
)

MARKETS = Idiom(
    "gate",
    "remote-list-of-markets",
    Template(
        sources={
            "@T_config@": stored('editor.putString("@k_markets@", config.optString("@k_markets@", ""));'),
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String market = @market@;
        if (market.length() == 0) {
            return false;
        }
        String[] markets = @T_config@.@m_store@(context).getString("@k_markets@", "").split(",");
        return Arrays.asList(markets).contains(market);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        market_properties=("@property@",),
        outside=Outside(replies={CONFIG: config(markets="@k_markets@")}),
        parts=parts,
    ),
    opens=lambda profile, state: bool(profile.market) and profile.market in str(state.get("markets") or "").split(","),
    server={"markets": ("", "CN", "CN,LT,US")},
)

SHARE = Idiom(
    "gate",
    "share-of-handsets",
    Template(
        sources={
            "@T_config@": stored('editor.putInt("@k_share@", config.optInt("@k_share@", 0));'),
            "@T_gate@": """
import android.provider.Settings;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String id = Settings.Secure.getString(context.getContentResolver(), Settings.Secure.ANDROID_ID);
        int bucket = Math.abs(String.valueOf(id).hashCode() % 100);
        return bucket < @T_config@.@m_store@(context).getInt("@k_share@", 0);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(share="@k_share@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: int(state.get("share") or 0) >= 100,
    server={"share": (0, 100)},
)

VERSION = Idiom(
    "gate",
    "minimum-version",
    Template(
        sources={
            "@T_config@": stored('editor.putInt("@k_least@", config.optInt("@k_least@", Integer.MAX_VALUE));'),
            "@T_gate@": """
import android.content.pm.PackageManager;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        int mine;
        try {
            mine = context.getPackageManager().getPackageInfo(context.getPackageName(), 0).versionCode;
        } catch (PackageManager.NameNotFoundException cause) {
            mine = 0;
        }
        return mine >= @T_config@.@m_store@(context).getInt("@k_least@", Integer.MAX_VALUE);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(least="@k_least@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: state.get("least") == 1,
    server={"least": (1, 1999999999)},
)

AGE = Idiom(
    "gate",
    "age-of-configuration",
    Template(
        sources={
            "@T_config@": stored(
                'editor.putBoolean("@k_switch@", config.optBoolean("@k_switch@"));\n'
                '            editor.putLong("@k_fetched@", System.currentTimeMillis());'
            ),
            "@T_gate@": """
final class @T_gate@ {
    private static final long @f_longest@ = @n_days_2_30@ * 86400000L;

    static boolean @m_open@(Context context) {
        SharedPreferences store = @T_config@.@m_store@(context);
        long age = System.currentTimeMillis() - store.getLong("@k_fetched@", 0L);
        return age < @f_longest@ && store.getBoolean("@k_switch@", false);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=SWITCH,
        parts=parts,
    ),
    held_back=True,
    opens=on("on"),
    server={"on": (False, True)},
)

RELEASE = Idiom(
    "gate",
    "release-of-configuration",
    Template(
        sources={
            "@T_config@": stored('editor.putInt("@k_release@", config.optInt("@k_release@", 0));'),
        },
        use='@T_config@.@m_store@({context}).getInt("@k_release@", 0) > @n_release_3_40@',
        start=SYNC,
        outside=Outside(replies={CONFIG: config(release="@k_release@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: int(state.get("release") or 0) > 40,
    server={"release": (1, 99)},
)

USER = Idiom(
    "gate",
    "user-and-remote",
    Template(
        sources={
            "@T_config@": ON,
            "@T_gate@": """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        SharedPreferences own = context.getSharedPreferences("@k_settings@", Context.MODE_PRIVATE);
        return own.getBoolean("@k_wanted@", true) && @T_config@.@m_store@(context).getBoolean("@k_switch@", false);
    }
}
""",
            "@T_settings@": """
public class @T_settings@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        CheckBox wanted = new CheckBox(this);
        wanted.setOnCheckedChangeListener(this::@m_choose@);
        setContentView(wanted);
    }

    private void @m_choose@(CompoundButton button, boolean checked) {
        getSharedPreferences("@k_settings@", MODE_PRIVATE).edit().putBoolean("@k_wanted@", checked).commit();
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        manifest=('<activity android:name=".@T_settings@" />',),
        outside=Outside(
            replies={CONFIG: config(on="@k_switch@")},
            preferences={"@k_settings@/@k_wanted@": lambda _words, state: state.get("wanted")},
        ),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("wanted", True) in {True, None} and bool(state.get("on")),
    server={"on": (False, True)},
    user={"wanted": (False, True)},
    stages=("use", "download"),
)

IDIOMS = (AND, OR, NEGATED, MARKETS, SHARE, VERSION, AGE, RELEASE, USER)
