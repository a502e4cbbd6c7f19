"""Further gates whose answer is kept somewhere between the server and the use, or is the user's."""

from benchmarks.gatebench.idioms.gate_parts import on
from benchmarks.gatebench.idioms.gates_more_parts import STORE, chosen, is_one, served
from benchmarks.gatebench.idioms.manifests import receiver

ATOMIC = """
    private static final java.util.concurrent.atomic.AtomicBoolean @f_kept@ =
            new java.util.concurrent.atomic.AtomicBoolean();

    static boolean @m_open@(Context context) {
        return @f_kept@.get();
    }
"""
CALLED_BACK = """
    interface Receiver {
        void @m_on@(JSONObject config);
    }

    private static volatile boolean @f_kept@;

    static boolean @m_open@(Context context) {
        return @f_kept@;
    }

    private static void @m_ask@(Receiver receiver) throws IOException, JSONException {
        receiver.@m_on@(@m_fetch@());
    }
"""
OBSERVED = """
interface @T_observer@ {
    void @m_changed@(Boolean value);
}
"""
LIVE = """
final class @T_live@ {
    private final List<@T_observer@> @f_observers@ = new ArrayList<>();
    private Boolean @f_value@;

    void @m_observe@(@T_observer@ observer) {
        @f_observers@.add(observer);
        if (@f_value@ != null) {
            observer.@m_changed@(@f_value@);
        }
    }

    void @m_post@(Boolean value) {
        @f_value@ = value;
        for (@T_observer@ observer : @f_observers@) {
            observer.@m_changed@(value);
        }
    }
}
"""
OBSERVING = """
    private static final @T_live@ @f_live@ = new @T_live@();
    private static boolean @f_kept@;

    static boolean @m_open@(Context context) {
        return @f_kept@;
    }
"""
TOLD = """
public class @T_told@ extends BroadcastReceiver {
    static volatile boolean @f_on@;

    @Override
    public void onReceive(Context context, Intent intent) {
        @f_on@ = intent.getBooleanExtra("@k_on@", false);
    }
}
"""
TELLING = """
            Intent news = new Intent("@package@.CONFIG").setPackage(context.getPackageName());
            context.sendBroadcast(news.putExtra("@k_on@", config.optBoolean("@k_switch@", false)));"""
LISTENING = (
    STORE
    + """
    private static boolean @f_kept@;
    private static SharedPreferences.OnSharedPreferenceChangeListener @f_listener@;

    static boolean @m_open@(Context context) {
        return @f_kept@;
    }
"""
)
LISTENED = """
            @f_listener@ = (store, key) -> {
                if (key.equals("@k_switch@")) {
                    @f_kept@ = store.getBoolean("@k_switch@", false);
                }
            };
            @m_store@(context).registerOnSharedPreferenceChangeListener(@f_listener@);
            @m_store@(context).edit().putBoolean("@k_switch@", config.optBoolean("@k_switch@", false)).apply();"""
KEY = """
final class @T_key@<T> {
    final String @f_name@;
    final T @f_default@;

    @T_key@(String name, T otherwise) {
        @f_name@ = name;
        @f_default@ = otherwise;
    }
}
"""
DATA = """
final class @T_data@ {
    private static final @T_data@ @f_one@ = new @T_data@();
    static final @T_key@<Boolean> @f_switch@ = new @T_key@<>("@k_switch@", false);
    private final Map<String, Object> @f_values@ = new HashMap<>();

    static @T_data@ @m_one@() {
        return @f_one@;
    }

    <T> void @m_put@(@T_key@<T> key, T value) {
        @f_values@.put(key.@f_name@, value);
    }

    @SuppressWarnings("unchecked")
    <T> T @m_get@(@T_key@<T> key) {
        Object found = @f_values@.get(key.@f_name@);
        return found == null ? key.@f_default@ : (T) found;
    }
}
"""
IN_DATA = """
    static boolean @m_open@(Context context) {
        return @T_data@.@m_one@().@m_get@(@T_data@.@f_switch@);
    }
"""
UNASKED = """
    private static Boolean @f_kept@;

    static boolean @m_open@(Context context) {
        Boolean known = @f_kept@;
        return known == null || known;
    }
"""
HELD = """
    private static @T_policy@ @f_policy@ = new @T_policy@(false, 0);

    static boolean @m_open@(Context context) {
        return @f_policy@.@m_applies@(2);
    }
"""
POLICY = """
final class @T_policy@ {
    private final boolean @f_on@;
    private final int @f_level@;

    @T_policy@(boolean on, int level) {
        @f_on@ = on;
        @f_level@ = level;
    }

    boolean @m_applies@(int least) {
        if (!@f_on@) {
            return false;
        }
        return @f_level@ >= least;
    }
}
"""
SETTINGS = """
public class @T_settings@ extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
@shown@
    }
}
"""
ON = """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        SharedPreferences settings = context.getSharedPreferences("@k_settings@", Context.MODE_PRIVATE);
        return settings.getBoolean("@k_safe@", true);
    }
}
"""
DIALOG = """
        CheckBox safe = new CheckBox(this);
        new AlertDialog.Builder(this).setView(safe).setPositiveButton("OK", (dialog, which) -> {
            SharedPreferences.Editor editor = getSharedPreferences("@k_settings@", MODE_PRIVATE).edit();
            editor.putBoolean("@k_safe@", safe.isChecked());
            editor.apply();
        }).show();"""
MODE = """
final class @T_gate@ {
    static boolean @m_open@(Context context) {
        String mode = context.getSharedPreferences("@k_settings@", Context.MODE_PRIVATE).getString("@k_mode@", "off");
        switch (mode) {
            case "strict":
            case "medium":
                return true;
            default:
                return false;
        }
    }
}
"""
CHOICES = """
        Button strict = new Button(this);
        strict.setOnClickListener(view -> getSharedPreferences("@k_settings@", MODE_PRIVATE).edit()
                .putString("@k_mode@", "strict").apply());
        Button off = new Button(this);
        off.setOnClickListener(view -> getSharedPreferences("@k_settings@", MODE_PRIVATE).edit()
                .putString("@k_mode@", "off").apply());
        LinearLayout both = new LinearLayout(this);
        both.addView(strict);
        both.addView(off);
        setContentView(both);"""
PROFILE = """
final class @T_gate@ {
    private final int @f_age@;

    private @T_gate@(SharedPreferences settings) {
        @f_age@ = settings.getInt("@k_age@", 99);
    }

    private boolean @m_child@() {
        return @f_age@ < 14;
    }

    static boolean @m_open@(Context context) {
        return new @T_gate@(context.getSharedPreferences("@k_settings@", Context.MODE_PRIVATE)).@m_child@();
    }
}
"""
AGE = """
        EditText age = new EditText(this);
        Button kept = new Button(this);
        kept.setOnClickListener(view -> {
            try {
                int years = Integer.parseInt(age.getText().toString());
                getSharedPreferences("@k_settings@", MODE_PRIVATE).edit().putInt("@k_age@", years).apply();
            } catch (NumberFormatException wrong) {
                age.setError("?");
            }
        });
        LinearLayout both = new LinearLayout(this);
        both.addView(age);
        both.addView(kept);
        setContentView(both);"""


def _screen(shown: str) -> dict[str, str]:
    return {"@T_settings@": SETTINGS.replace("@shown@", shown)}


SWITCH = {"switch": (False, True)}
TAKEN = 'config.optBoolean("@k_switch@", false)'
DECLARED = ('<activity android:name=".@T_settings@" />',)
IDIOMS = (
    served("remote-atomic", ATOMIC, f"            @f_kept@.set({TAKEN});", opens=on("switch"), server=SWITCH),
    served("remote-called-back", CALLED_BACK, f"            @m_ask@(answer -> @f_kept@ = answer{TAKEN[6:]});",
           opens=on("switch"), server=SWITCH),
    served("remote-observed", OBSERVING,
           f"            @f_live@.@m_observe@(value -> @f_kept@ = value);\n            @f_live@.@m_post@({TAKEN});",
           opens=on("switch"), server=SWITCH, more={"@T_observer@": OBSERVED, "@T_live@": LIVE}),
    served("remote-broadcast", "", TELLING, opens=on("switch"), server=SWITCH, use="@T_told@.@f_on@",
           more={"@T_told@": TOLD}, manifest=receiver("@package@.CONFIG", name="@T_told@")),
    served("remote-by-listener", LISTENING, LISTENED, opens=on("switch"), server=SWITCH),
    served("remote-under-a-typed-key", IN_DATA,
           f"            @T_data@.@m_one@().@m_put@(@T_data@.@f_switch@, {TAKEN});",
           opens=on("switch"), server=SWITCH, more={"@T_key@": KEY, "@T_data@": DATA}),
    served("remote-open-until-asked", UNASKED, f"            @f_kept@ = {TAKEN};", opens=on("switch", default=True),
           server=SWITCH),
    served("remote-policy-object", HELD,
           '            @f_policy@ = new @T_policy@(config.optBoolean("@k_on@"), config.optInt("@k_level@", 1));',
           opens=lambda _, state: bool(state.get("on")) and state.get("level") == 2,
           server={"on": (False, True), "level": (1, 2)}, more={"@T_policy@": POLICY}),
    chosen("user-dialog-on-by-default", ON, key="safe", values=(False, True), opens=on("safe", default=True),
           more=_screen(DIALOG), manifest=DECLARED),
    chosen("user-mode-by-buttons", MODE, key="mode", values=("off", "strict"), opens=is_one("mode", "strict"),
           more=_screen(CHOICES), manifest=DECLARED),
    chosen("user-age-of-a-child", PROFILE, key="age", values=(9, 40), opens=is_one("age", 9),
           more=_screen(AGE), manifest=DECLARED),
)  # fmt: skip
