"""Gates that a user sets, and gates that stand at the download or at the consequence."""

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gate_parts import language, market, on
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.writing import Outside, Template

DOWNLOAD_MARKET = Idiom(
    "gate",
    "market-at-download",
    Template(
        sources={
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    static boolean @m_open@() {
        String market = SystemProperties.get("@property@", "");
        return market.isEmpty() || market.equals("CN");
    }
}
"""
        },
        use="@T_gate@.@m_open@()",
        market_properties=("@property@",),
        parts=property_name,
    ),
    opens=market("CN", ""),
    stages=("download",),
)

CONSEQUENCE_LOCALE = Idiom(
    "gate",
    "locale-at-consequence",
    Template(use='!Locale.getDefault().getLanguage().equals("lt")'),
    held_back=True,
    opens=lambda profile, _state: language(profile) != "lt",
    stages=("consequence",),
)

USER_ON = Idiom(
    "gate",
    "user-preference-off-by-default",
    Template(
        sources={
            "@T_gate@": """
final class @T_gate@ {
    static final String @f_key@ = "@k_wanted@";

    static boolean @m_open@(Context context) {
        return context.getSharedPreferences("@k_settings@", Context.MODE_PRIVATE).getBoolean(@f_key@, false);
    }
}
""",
            "@T_settings@": """
import android.app.Activity;

public class @T_settings@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        CheckBox wanted = new CheckBox(this);
        wanted.setOnCheckedChangeListener((button, checked) ->
                getSharedPreferences("@k_settings@", MODE_PRIVATE).edit()
                        .putBoolean(@T_gate@.@f_key@, checked).apply());
        setContentView(wanted);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        manifest=('<activity android:name=".@T_settings@" />',),
        outside=Outside(preferences={"@k_settings@/@k_wanted@": lambda _words, state: state.get("wanted")}),
    ),
    opens=on("wanted"),
    user={"wanted": (False, True)},
    stages=("use", "download"),
)

USER_OFF = Idiom(
    "gate",
    "user-may-opt-out",
    Template(
        sources={
            "@T_gate@": """
import android.preference.PreferenceManager;

final class @T_gate@ {
    static boolean @m_shut@(Context context) {
        SharedPreferences settings = PreferenceManager.getDefaultSharedPreferences(context);
        return !settings.getBoolean("@k_wanted@", true);
    }

    static void @m_choose@(Context context, boolean wanted) {
        PreferenceManager.getDefaultSharedPreferences(context).edit().putBoolean("@k_wanted@", wanted).apply();
    }
}
""",
            "@T_settings@": """
public class @T_settings@ extends Activity implements View.OnClickListener {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Button never = new Button(this);
        never.setOnClickListener(this);
        setContentView(never);
    }

    @Override
    public void onClick(View never) {
        @T_gate@.@m_choose@(this, false);
    }
}
""",
        },
        use="!@T_gate@.@m_shut@({context})",
        manifest=('<activity android:name=".@T_settings@" />',),
        outside=Outside(preferences={"@package@_preferences/@k_wanted@": lambda _words, state: state.get("wanted")}),
    ),
    held_back=True,
    opens=on("wanted", default=True),
    user={"wanted": (False, True)},
    stages=("use", "download"),
)

IDIOMS = (DOWNLOAD_MARKET, CONSEQUENCE_LOCALE, USER_ON, USER_OFF)
