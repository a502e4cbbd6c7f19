"""Gates on what a server sends or a user sets, read in further ways; all of them held back."""

from dataclasses import replace

from benchmarks.gatebench.fragments import Idiom
from benchmarks.gatebench.idioms.gates_held_markets import STORE, held
from benchmarks.gatebench.idioms.writing import Outside, Template

WHOLE = held(
    "held-configuration-parsed-at-use",
    "try {\n"
    f'    JSONObject kept = new JSONObject({STORE}.getString("@k_kept@", "{{}}"));\n'
    '    return kept.getJSONObject("@k_part@").getInt("@k_on@") != 0;\n'
    "} catch (JSONException cause) {\n    return false;\n}",
    lambda _profile, state: bool(state.get("on")),
    puts='JSONObject part = new JSONObject().put("@k_on@", config.optBoolean("@k_on@") ? 1 : 0);\n'
    '            editor.putString("@k_kept@", new JSONObject().put("@k_part@", part).toString());',
    server={"on": (False, True)},
)

OFF_LIST = held(
    "held-not-among-served-names",
    f'for (String off : {STORE}.getString("@k_off@", "").split(",")) {{\n'
    '    if (off.trim().equals("matching")) {\n        return false;\n    }\n}\nreturn true;',
    lambda _profile, state: "matching" not in str(state.get("off") or "").split(","),
    puts='editor.putString("@k_off@", config.optString("@k_off@", ""));',
    server={"off": ("colours", "colours,matching")},
)

MODE = held(
    "held-mode-by-name",
    "try {\n"
    f'    String name = {STORE}.getString("@k_mode@", "off").toUpperCase(Locale.ROOT);\n'
    "    return @T_gate_mode@.valueOf(name).ordinal() > @T_gate_mode@.WATCH.ordinal();\n"
    "} catch (IllegalArgumentException unknown) {\n    return false;\n}",
    lambda _profile, state: state.get("mode") == "strict",
    more="    enum @T_gate_mode@ { OFF, WATCH, STRICT }\n\n",
    puts='editor.putString("@k_mode@", config.optString("@k_mode@", "off"));',
    server={"mode": ("watch", "strict", "other")},
)

NUMBER = held(
    "held-number-in-text",
    f'String level = {STORE}.getString("@k_level@", null);\n'
    "if (level == null) {\n    return false;\n}\n"
    "int read = -1;\n"
    "try {\n    read = Integer.parseInt(level);\n} catch (NumberFormatException cause) {\n    read = 0;\n}\n"
    "return read > 5;",
    lambda _profile, state: state.get("level") == "7",
    puts='editor.putString("@k_level@", config.optString("@k_level@", "0"));',
    server={"level": ("0", "7", "x")},
)

UNTIL = held(
    "held-until-a-served-day",
    f'long until = {STORE}.getLong("@k_until@", 0L);\nreturn new Date().before(new Date(until * 1000L));',
    lambda _profile, state: state.get("until") == 4102444800,
    puts='editor.putLong("@k_until@", config.optLong("@k_until@", 0L));',
    server={"until": (0, 4102444800)},
    stages=("use", "consequence"),
)


def _of_user(name: str, body: str, key: str, value: str) -> Idiom:
    """Return a gate that a value of the user opens, which stands in the settings of the phone or of the application."""
    made = held(name, body, lambda _profile, state: str(state.get(key)) == value)
    assert isinstance(made.make, Template)
    settings = {f"@k_{key}@": lambda _words, state: state.get(key)}
    kept = {f"@k_own@/@k_{key}@": lambda _words, state: state.get(key)}
    outside = Outside(settings=settings) if "Settings" in body else Outside(preferences=kept)
    choices: tuple[str | int, ...] = (0, int(value)) if value.isdigit() else ("none", value)
    return replace(made, make=replace(made.make, outside=outside), user={key: choices})


WISH = _of_user(
    "held-global-setting",
    'int wish = android.provider.Settings.Global.getInt(context.getContentResolver(), "@k_wish@", 0);\n'
    "return wish == 1;",
    "wish",
    "1",
)

CHOICE = _of_user(
    "held-chosen-among-words",
    'SharedPreferences own = context.getSharedPreferences("@k_own@", Context.MODE_PRIVATE);\n'
    'switch (own.getString("@k_choice@", "none")) {\n    case "strict":\n        return true;\n'
    "    default:\n        return false;\n}",
    "choice",
    "strict",
)

IDIOMS = (WHOLE, OFF_LIST, MODE, NUMBER, UNTIL, WISH, CHOICE)
