"""Further gates that a server opens: what it sends, and how that is read."""

import json
import re

from benchmarks.gatebench.fragments import Profile, State
from benchmarks.gatebench.idioms.gate_parts import language, on
from benchmarks.gatebench.idioms.gates_more_parts import STORE, Opens, is_one, served
from benchmarks.gatebench.idioms.writing import Answer

NUMBER = """
    private static int @f_kept@;

    static boolean @m_open@(Context context) {
        return @kept@;
    }
"""
TEXT = """
    private static String @f_kept@ = "";

    static boolean @m_open@(Context context) {
        return @kept@;
    }
"""
READ = STORE + "\n    static boolean @m_open@(Context context) {\n        @body@\n    }\n"
FLAG = """
    private static boolean @f_kept@;

    static boolean @m_open@(Context context) {
        return @f_kept@;
    }
"""


def _number(test: str) -> str:
    return NUMBER.replace("@kept@", test)


def _text(test: str) -> str:
    return TEXT.replace("@kept@", test)


def _read(body: str) -> str:
    return READ.replace("@body@", body)


def _put(what: str) -> str:
    return f"            @m_store@(context).edit().{what}.apply();"


MODE = """String mode = @m_store@(context).getString("@k_mode@", "off");
        return mode.equalsIgnoreCase("Strict") || mode.startsWith("all");"""
LEVEL = 'return @m_store@(context).getInt("@k_level@", 0) >= 3;'
BYPASS = """boolean bypass = @m_store@(context).getBoolean("@k_bypass@", true);
        return bypass ? false : true;"""
LANGUAGES = """
            String own = Locale.getDefault().getLanguage();
            JSONArray languages = config.optJSONArray("@k_languages@");
            boolean found = false;
            for (int at = 0; languages != null && at < languages.length(); at++) {
                if (own.equals(languages.optString(at))) {
                    found = true;
                    break;
                }
            }
            @f_kept@ = found;"""
PATTERN = "!@f_kept@.isEmpty() && @market@.matches(@f_kept@)"
TWO_STEPS = """
            if (config.optInt("@k_version@", 0) < 3) {
                return;
            }
            @f_kept@ = config.optBoolean("@k_on@", false);"""
BY_MARKET = """
            JSONObject markets = config.optJSONObject("@k_markets@");
            JSONObject own = markets == null ? null : markets.optJSONObject(@market@);
            @f_kept@ = own != null && own.optInt("@k_level@", 0) > 1;"""
BY_KEY = '            @f_kept@ = config.optBoolean("switch_" + @market@.toLowerCase(Locale.ROOT), false);'
NESTED = """
            JSONObject features = config.getJSONObject("@k_features@");
            @f_kept@ = features.getJSONObject("@k_safety@").getInt("@k_state@") == 1;"""
PAST = """
    private static boolean @f_kept@;
    private static boolean @f_asked@;

    static boolean @m_open@(Context context) {
        if (!@f_asked@) {
            return false;
        }
        return !@f_kept@;
    }
"""
PROPERTIES = """
            Properties lines = new Properties();
            lines.load(new StringReader(config.optString("@k_lines@", "")));
            @f_kept@ = "1".equals(lines.getProperty("filter.on", "0"));"""
ENCODED = """
            byte[] plain = android.util.Base64.decode(config.optString("@k_mode@", ""), android.util.Base64.DEFAULT);
            @f_kept@ = new String(plain, StandardCharsets.UTF_8).equals("on");"""
EITHER = """
            boolean first = config.optBoolean("@k_first@");
            boolean second = config.optBoolean("@k_second@");
            @f_kept@ = first ^ second;"""
NAMED = """
            switch (config.optString("@k_mode@")) {
                case "block":
                case "warn":
                    @f_kept@ = true;
                    break;
                case "pass":
                    @f_kept@ = false;
                    break;
                default:
            }"""
ENUM = """
enum @T_modes@ {
    OFF, NOTICE, STRICT;

    static @T_modes@ @m_of@(String name) {
        for (@T_modes@ mode : values()) {
            if (mode.name().equalsIgnoreCase(name)) {
                return mode;
            }
        }
        return OFF;
    }
}
"""
ENUM_KEPT = """
    private static @T_modes@ @f_kept@ = @T_modes@.OFF;

    static boolean @m_open@(Context context) {
        return @f_kept@.ordinal() >= @T_modes@.NOTICE.ordinal();
    }
"""


def _nested(*path: str, name: str) -> Answer:
    def answer(_words: tuple[str, ...], state: State) -> str | None:
        found: object = state.get(name)
        if found is None:
            return None
        for key in reversed(path):
            found = {key: found}
        return json.dumps(found)

    return answer


def _for_every_market(inner: str, name: str, *path: str) -> Answer:
    """Return what a server sends that says the same of every market: by a key, or by an object under a key."""

    def answer(_words: tuple[str, ...], state: State) -> str | None:
        if state.get(name) is None:
            return None
        own: object = {inner.replace("@own@", each): state[name] for each in ("cn", "lt", "us", "")}
        if path:
            own = {path[0]: {each: {inner: state[name]} for each in ("CN", "LT", "US", "")}}
        return json.dumps(own)

    return answer


def _listed(key: str, name: str) -> Answer:
    def answer(_words: tuple[str, ...], state: State) -> str | None:
        value = state.get(name)
        return None if value is None else json.dumps({key: str(value).split(",")})

    return answer


def _of_language(profile: Profile, state: State) -> bool:
    return bool(state.get("languages")) and language(profile) in str(state["languages"]).split(",")


def _of_pattern(profile: Profile, state: State) -> bool:
    pattern = state.get("pattern")
    return bool(pattern) and re.fullmatch(str(pattern), profile.market) is not None


def _bits(_profile: Profile, state: State) -> bool:
    value = state.get("flags")
    return isinstance(value, int) and bool(value & 4)


def _two_steps(_profile: Profile, state: State) -> bool:
    return state.get("version") == 3 and bool(state.get("on"))


def _either(_profile: Profile, state: State) -> bool:
    return bool(state.get("first")) != bool(state.get("second"))


def _denied(name: str) -> Opens:
    return lambda _profile, state: state.get(name) is False


SWITCHED = {"switch": (False, True)}
IDIOMS = (
    served("remote-bits", _number("(@f_kept@ & 4) != 0"), '            @f_kept@ = config.optInt("@k_flags@", 0);',
           opens=_bits, server={"flags": (0, 4, 3)}),
    served("remote-level", _read(LEVEL), _put('putInt("@k_level@", config.optInt("@k_level@", 0))'),
           opens=is_one("level", 3, 5), server={"level": (0, 2, 3, 5)}),
    served("remote-mode", _read(MODE), _put('putString("@k_mode@", config.optString("@k_mode@", "off"))'),
           opens=is_one("mode", "STRICT", "all-of-it"), server={"mode": ("off", "STRICT", "all-of-it")}),
    served("remote-bypass-on-by-default", _read(BYPASS),
           _put('putBoolean("@k_bypass@", config.optBoolean("@k_bypass@", true))'),
           opens=_denied("bypass"), server={"bypass": (True, False)}),
    served("remote-languages", FLAG, LANGUAGES, opens=_of_language,
           server={"languages": ("xx", "lt,zh", "en,lt,zh,")}, answer=_listed("@k_languages@", "languages")),
    served("remote-pattern", _text(PATTERN), '            @f_kept@ = config.optString("@k_pattern@", "");',
           opens=_of_pattern, server={"pattern": ("", "CN|LT", ".*")}),
    served("remote-version-then-switch", FLAG, TWO_STEPS, opens=_two_steps,
           server={"version": (2, 3), "on": (False, True)}),
    served("remote-object-of-the-market", FLAG, BY_MARKET, opens=is_one("level", 2), server={"level": (1, 2)},
           answer=_for_every_market("@k_level@", "level", "@k_markets@")),
    served("remote-key-of-the-market", FLAG, BY_KEY, opens=on("switch"), server=SWITCHED,
           answer=_for_every_market("switch_@own@", "switch")),
    served("remote-nested-number", FLAG, NESTED, opens=is_one("state", 1), server={"state": (0, 1)},
           answer=_nested("@k_features@", "@k_safety@", "@k_state@", name="state")),
    served("remote-inverted-once-asked", PAST,
           '            @f_kept@ = config.optBoolean("@k_off@", true);\n            @f_asked@ = true;',
           opens=_denied("off"), server={"off": (True, False)}),
    served("remote-properties", FLAG, PROPERTIES, opens=is_one("lines", "filter.on=1\n"),
           server={"lines": ("filter.on=0\n", "filter.on=1\n")}),
    served("remote-encoded", FLAG, ENCODED, opens=is_one("mode", "b24="), server={"mode": ("b2Zm", "b24=")}),
    served("remote-either-not-both", FLAG, EITHER, opens=_either,
           server={"first": (False, True), "second": (False, True)}),
    served("remote-name-in-a-switch", FLAG, NAMED, opens=is_one("mode", "block", "warn"),
           server={"mode": ("pass", "block", "warn")}),
    served("remote-name-of-a-constant", ENUM_KEPT,
           '            @f_kept@ = @T_modes@.@m_of@(config.optString("@k_mode@", "off"));',
           opens=is_one("mode", "strict", "Notice"), server={"mode": ("off", "strict", "Notice")},
           more={"@T_modes@": ENUM}),
    served("remote-numbered-flag", FLAG,
           '            @f_kept@ = "1".equals(config.getJSONArray("@k_flags@").getString(1));',
           opens=is_one("flags", "0,1"), server={"flags": ("1,0", "0,1")}, answer=_listed("@k_flags@", "flags")),
)  # fmt: skip
