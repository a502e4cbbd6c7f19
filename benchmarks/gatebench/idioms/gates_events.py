"""Gates that a message sets, that a library reads, or that sit in bits, records and settings."""

import json
from collections.abc import Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, State, Wires
from benchmarks.gatebench.idioms.gate_parts import CONFIG, PARTS, config
from benchmarks.gatebench.idioms.gates_market import property_name
from benchmarks.gatebench.idioms.gates_remote import SYNC, stored
from benchmarks.gatebench.idioms.manifests import messaging
from benchmarks.gatebench.idioms.writing import Outside, Template


def parts(names: Naming, wiring: Wires) -> Mapping[str, str]:
    """Return the loader, its imports and the market."""
    return PARTS | dict(property_name(names, wiring))


def _pushed(_words: tuple[str, ...], state: State) -> str | None:
    return None if state.get("pushed") is None else str(state["pushed"])


PUSHED = Idiom(
    "gate",
    "pushed-switch",
    Template(
        sources={
            "@T_gate_push@": """
import com.google.firebase.messaging.FirebaseMessagingService;
import com.google.firebase.messaging.RemoteMessage;

public class @T_gate_push@ extends FirebaseMessagingService {
    @Override
    public void onMessageReceived(RemoteMessage message) {
        String mode = message.getData().get("@k_pushed@");
        if (mode != null) {
            @T_gate@.@m_set@(this, mode.equals("start"));
        }
    }
}
""",
            "@T_gate@": """
final class @T_gate@ {
    private static SharedPreferences @m_store@(Context context) {
        return context.getSharedPreferences("@k_gate@", Context.MODE_PRIVATE);
    }

    static void @m_set@(Context context, boolean open) {
        @m_store@(context).edit().putBoolean("@k_pushed@", open).apply();
    }

    static boolean @m_open@(Context context) {
        return @m_store@(context).getBoolean("@k_pushed@", false);
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        manifest=messaging("@T_gate_push@"),
        outside=Outside(push={"@k_pushed@": _pushed}),
        drive="Bench.deliver();",
    ),
    opens=lambda _profile, state: state.get("pushed") == "start",
    server={"pushed": ("start", "stop")},
)

GSON = Idiom(
    "gate",
    "remote-record",
    Template(
        sources={
            "@T_config@": """
import com.google.gson.annotations.SerializedName;

class @T_config@ {
    @SerializedName("@k_switch@")
    boolean @f_on@;
    @SerializedName("@k_level@")
    int @f_level@ = 1;
}
""",
            "@T_gate@": """@imports@
import com.google.gson.Gson;

final class @T_gate@ {
    private static @T_config@ @f_config@ = new @T_config@();

    static void @m_sync@() {
        try {
            @f_config@ = new Gson().fromJson(@m_fetch@().toString(), @T_config@.class);
        } catch (IOException | JSONException cause) {
            Log.w("@T_gate@", cause);
        }
    }

    static boolean @m_open@() {
        return @f_config@.@f_on@ && @f_config@.@f_level@ < 5;
    }
@fetch@}
""",
        },
        use="@T_gate@.@m_open@()",
        start="@T_gate@.@m_sync@();",
        libraries=("com.google.gson",),
        outside=Outside(replies={CONFIG: config(on="@k_switch@", level="@k_level@")}),
        parts=parts,
    ),
    opens=lambda _profile, state: bool(state.get("on")) and int(state.get("level", 1) or 1) < 5,
    server={"on": (False, True), "level": (2, 9)},
)

OKHTTP = Idiom(
    "gate",
    "okhttp-callback-switch",
    Template(
        sources={
            "@T_gate@": """
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

final class @T_gate@ {
    private static volatile boolean @f_on@;

    static boolean @m_open@() {
        return @f_on@;
    }

    static void @m_sync@() {
        Request request = new Request.Builder().url("https://@host@@p_config@").build();
        new OkHttpClient().newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException cause) {
                @f_on@ = false;
            }

            @Override
            public void onResponse(Call call, Response response) throws IOException {
                @f_on@ = response.isSuccessful() && response.body().string().trim().equals("1");
            }
        });
    }
}
"""
        },
        use="@T_gate@.@m_open@()",
        start="@T_gate@.@m_sync@();",
        libraries=("okhttp3",),
        outside=Outside(
            replies={CONFIG: lambda _words, state: None if state.get("on") is None else str(state["on"])},
        ),
    ),
    held_back=True,
    opens=lambda _profile, state: state.get("on") == 1,
    server={"on": (0, 1)},
)

BITS = Idiom(
    "gate",
    "remote-bit",
    Template(
        sources={
            "@T_config@": stored('editor.putInt("@k_flags@", config.optInt("@k_flags@", 0));'),
            "@T_gate@": """
final class @T_gate@ {
    static final int @f_bit@ = 1 << 3;

    static boolean @m_open@(Context context) {
        int flags = @T_config@.@m_store@(context).getInt("@k_flags@", 0);
        return (flags & @f_bit@) != 0;
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        outside=Outside(replies={CONFIG: config(flags="@k_flags@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda _profile, state: bool(int(state.get("flags") or 0) & 8),
    server={"flags": (3, 12)},
    stages=("use", "download", "consequence"),
)

OVERRIDE = Idiom(
    "gate",
    "market-overridden",
    Template(
        sources={
            "@T_config@": stored('editor.putString("@k_region@", config.optString("@k_region@", ""));'),
            "@T_gate@": """
import android.os.SystemProperties;

final class @T_gate@ {
    private static String @m_region@(Context context) {
        String given = @T_config@.@m_store@(context).getString("@k_region@", "");
        return given.isEmpty() ? @market@ : given;
    }

    static boolean @m_open@(Context context) {
        return @m_region@(context).equals("CN");
    }
}
""",
        },
        use="@T_gate@.@m_open@({context})",
        start=SYNC,
        market_properties=("@property@",),
        outside=Outside(replies={CONFIG: config(region="@k_region@")}),
        parts=parts,
    ),
    held_back=True,
    opens=lambda profile, state: (state.get("region") or profile.market) == "CN",
    server={"region": ("CN", "LT")},
    stages=("use", "download", "consequence"),
)


def _nested(_words: tuple[str, ...], state: State) -> str | None:
    if state.get("rule") is None:
        return None
    return json.dumps(
        {"data": {"features": [{"name": "other", "on": 1}, {"name": "@k_feature@", "on": state["rule"]}]}}
    )


NESTED = Idiom(
    "gate",
    "remote-feature-of-many",
    Template(
        sources={
            "@T_config@": """@imports@
final class @T_config@ {
    private static final Map<String, Integer> @f_features@ = new HashMap<>();

    static boolean @m_open@(String name) {
        Integer value = @f_features@.get(name);
        return value != null && value == 1;
    }

    static void @m_sync@() {
        try {
            JSONArray features = @m_fetch@().getJSONObject("data").getJSONArray("features");
            for (int at = 0; at < features.length(); at++) {
                JSONObject feature = features.getJSONObject(at);
                @f_features@.put(feature.getString("name"), feature.getInt("on"));
            }
        } catch (IOException | JSONException cause) {
            Log.w("@T_config@", cause);
        }
    }
@fetch@}
"""
        },
        use='@T_config@.@m_open@("@k_feature@")',
        start="@T_config@.@m_sync@();",
        outside=Outside(replies={CONFIG: _nested}),
        parts=parts,
    ),
    opens=lambda _profile, state: state.get("rule") == 1,
    server={"rule": (0, 1)},
)

SETTING = Idiom(
    "gate",
    "system-setting",
    Template(
        sources={
            "@T_gate@": """
import android.provider.Settings;

final class @T_gate@ {
    static boolean @m_open@(Context context) {
        return Settings.System.getInt(context.getContentResolver(), "@k_setting@", 0) == 1;
    }
}
"""
        },
        use="@T_gate@.@m_open@({context})",
        outside=Outside(settings={"@k_setting@": lambda _words, state: state.get("setting")}),
    ),
    opens=lambda _profile, state: state.get("setting") == 1,
    user={"setting": (0, 1)},
)

IDIOMS = (PUSHED, GSON, OKHTTP, BITS, OVERRIDE, NESTED, SETTING)
