"""What the further gates share: how one is described, the loader of a configuration, the market."""

from collections.abc import Callable, Mapping

from benchmarks.gatebench.fragments import Idiom, Naming, Profile, State, Value, Wires, always
from benchmarks.gatebench.idioms.gate_parts import CONFIG, EUROPEAN_UNION, PARTS, PROPERTIES, config
from benchmarks.gatebench.idioms.writing import Answer, Outside, Template

SYNC = """@imports@
final class @T_config@ {
@members@
    static void @m_sync@(Context context) {
        try {
            JSONObject config = @m_fetch@();
@taken@
        } catch (IOException | JSONException cause) {
            Log.w("@T_config@", "kept", cause);
        }
    }
@fetch@}
"""
"""A class that takes what it wants out of the answer of a server; `members` and `taken` stand in its place."""
STORE = """
    static SharedPreferences @m_store@(Context context) {
        return context.getSharedPreferences("@k_config@", Context.MODE_PRIVATE);
    }
"""
Opens = Callable[[Profile, State], bool]
Values = Mapping[str, tuple[Value, ...]]


def parts(names: Naming, _wiring: Wires) -> Mapping[str, str]:
    """Return the loader, its imports, and the property that holds the market."""
    return {**PARTS, "union": EUROPEAN_UNION, "property": PROPERTIES[names.number("property", 0, len(PROPERTIES) - 1)]}


def is_one(name: str, *values: Value) -> Opens:
    """Return the truth of a gate that is open where a variable is one of these."""
    return lambda _profile, state: state.get(name) in values


def handset(
    name: str, gate: str, use: str = "@T_gate@.@m_open@({context})", *, opens: Opens = always, start: str = "",
    more: Mapping[str, str] | None = None, strings: Mapping[str, str] | None = None,
    resources: Mapping[str, str] | None = None,
) -> Idiom:  # fmt: skip
    """Return a gate that what a handset says of itself opens."""
    made = Template(
        sources={"@T_gate@": gate, **(more or {})}, use=use, start=start, parts=parts,
        market_properties=("@property@",), strings=strings or {}, resources=resources or {},
    )  # fmt: skip
    return Idiom("gate", name, made, opens=opens)


def served(  # noqa: PLR0913 - what a template takes
    name: str, members: str, taken: str, *, opens: Opens, server: Values, use: str = "@T_config@.@m_open@({context})",
    answer: Answer | None = None, more: Mapping[str, str] | None = None, start: str = "@T_config@.@m_sync@({context});",
    manifest: tuple[str, ...] = (),
) -> Idiom:  # fmt: skip
    """Return a gate that the answer of a server opens; its variables have keys of the same role."""
    text = SYNC.replace("@members@", members).replace("@taken@", taken)
    sent = answer or config(**{variable: f"@k_{variable}@" for variable in server})
    made = Template(
        sources={"@T_config@": text, **(more or {})}, use=use, start=start, parts=parts, manifest=manifest,
        market_properties=("@property@",), outside=Outside(replies={CONFIG: sent}),
    )  # fmt: skip
    return Idiom("gate", name, made, opens=opens, server=server)


def chosen(
    name: str, gate: str, *, key: str, values: tuple[Value, ...], opens: Opens,
    more: Mapping[str, str], manifest: tuple[str, ...],
) -> Idiom:  # fmt: skip
    """Return a gate that a preference of the user opens, which stands under a key of its file."""
    made = Template(
        sources={"@T_gate@": gate, **more}, use="@T_gate@.@m_open@({context})", parts=parts, manifest=manifest,
        market_properties=("@property@",),
        outside=Outside(preferences={f"@k_settings@/@k_{key}@": lambda _, state: state.get(key)}),
    )  # fmt: skip
    return Idiom("gate", name, made, opens=opens, user={key: values})
