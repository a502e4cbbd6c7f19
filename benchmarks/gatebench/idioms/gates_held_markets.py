"""Gates on market, locale and user, with what a server sends beside them; all of them held back."""

from collections.abc import Callable, Mapping

from benchmarks.gatebench.fragments import Idiom, Profile, State, Value
from benchmarks.gatebench.idioms.gate_parts import CONFIG, config, market
from benchmarks.gatebench.idioms.gates_joined import parts
from benchmarks.gatebench.idioms.gates_remote import SYNC, stored
from benchmarks.gatebench.idioms.writing import Outside, Template

HEAD = "@imports@import android.telephony.TelephonyManager;\n\nfinal class @T_gate@ {\n"
OPEN = "    static boolean @m_open@(Context context) {\n"
STORE = "@T_config@.@m_store@(context)"
Opens = Callable[[Profile, State], bool]


def held(
    name: str,
    body: str,
    opens: Opens,
    *,
    more: str = "",
    puts: str = "",
    server: Mapping[str, tuple[Value, ...]] | None = None,
    stages: tuple[str, ...] = ("use",),
) -> Idiom:
    """Return a gate of these statements; `puts` keeps what a server sends under the key of the same name."""
    text = HEAD + more + OPEN + "".join(f"        {line}\n" for line in body.splitlines()) + "    }\n}\n"
    sent = {key: f"@k_{key}@" for key in server or {}}
    template = Template(
        sources={"@T_gate@": text, **({"@T_config@": stored(puts)} if puts else {})},
        use="@T_gate@.@m_open@({context})",
        start=SYNC if puts else "",
        market_properties=("@property@",) if "@market@" in text else (),
        outside=Outside(replies={CONFIG: config(**sent)}) if puts else Outside(),
        parts=parts,
    )
    return Idiom("gate", name, template, held_back=True, opens=opens, server=server or {}, stages=stages)


def _default_by_market(profile: Profile, state: State) -> bool:
    on = state.get("on")
    return profile.market == "CN" if on is None else bool(on)


def _bit(profile: Profile, state: State) -> bool:
    order = ("CN", "LT", "US")
    return profile.market in order and bool(int(state.get("mask") or 0) >> order.index(profile.market) & 1)


COUNTRY = held(
    "held-locale-country-in-list",
    'return @f_homes@.indexOf("," + Locale.getDefault().getCountry() + ",") >= 0;',
    lambda profile, _state: profile.locale.endswith("-CN"),
    more='    private static final String @f_homes@ = ",CN,HK,MO,";\n\n',
    stages=("use", "download"),
)

EITHER = held(
    "held-sim-or-language",
    "TelephonyManager phone = context.getSystemService(TelephonyManager.class);\n"
    'boolean home = "cn".equals(phone.getSimCountryIso());\n'
    'return home || Locale.getDefault().getLanguage().equals(new Locale("en").getLanguage());',
    lambda profile, _state: profile.sim_country == "cn" or profile.locale.startswith("en"),
)

PATTERN = held(
    "held-market-matches-pattern",
    'return @market@.matches("(?i)c[n-z]");',
    market("CN"),
    stages=("use", "consequence"),
)

EXCLUSIVE = held(
    "held-market-turned-round",
    f'boolean home = "CN".contentEquals(@market@);\nreturn home ^ {STORE}.getBoolean("@k_turned@", false);',
    lambda profile, state: (profile.market == "CN") != bool(state.get("turned")),
    puts='editor.putBoolean("@k_turned@", config.optBoolean("@k_turned@"));',
    server={"turned": (False, True)},
)

LEVEL = held(
    "held-level-of-market-above-served",
    f'int level = @market@.equals("CN") ? 3 : 0;\nreturn level > {STORE}.getInt("@k_least@", 5);',
    lambda profile, state: profile.market == "CN" and state.get("least") == 1,
    puts='editor.putInt("@k_least@", config.optInt("@k_least@", 5));',
    server={"least": (1, 9)},
    stages=("use", "consequence"),
)

DEFAULTED = held(
    "held-default-by-market",
    f'return {STORE}.getBoolean("@k_on@", @market@.equals("CN"));',
    _default_by_market,
    puts='if (config.has("@k_on@")) {\n                editor.putBoolean("@k_on@", config.getBoolean("@k_on@"));\n'
    "            }",
    server={"on": (False, True)},
)

BITS = held(
    "held-bit-of-market",
    "int at = Arrays.asList(@f_order@).indexOf(@market@);\n"
    f'return at >= 0 && ({STORE}.getInt("@k_mask@", 0) >> at & 1) == 1;',
    _bit,
    more='    private static final String[] @f_order@ = {"CN", "LT", "US"};\n\n',
    puts='editor.putInt("@k_mask@", config.optInt("@k_mask@"));',
    server={"mask": (0, 1, 7)},
)

IDIOMS = (COUNTRY, EITHER, PATTERN, EXCLUSIVE, LEVEL, DEFAULTED, BITS)
