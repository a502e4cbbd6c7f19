"""Variables of gates: which part of a value is decided outside the code, and by whom."""

from typing import NamedTuple

from assay.bytecode.gates.possible import FREE, NEVER, UNKNOWN, Possible, Scalar, just
from assay.bytecode.gates.worlds import World, country, language
from assay.bytecode.provenance.terms import Kind, Term

BUILD, NETWORK, USER, SERVER, CHANCE, TIME, NOBODY_KNOWN = (
    "vendor's build", "SIM or network", "user", "vendor's server", "chance", "time", "unknown",
)  # fmt: skip
"""Who controls a variable."""

_CONTROLLERS = {
    "variable.market": BUILD, "variable.build": BUILD, "variable.model": BUILD, "variable.version": BUILD,
    "variable.locale": USER, "variable.language": USER, "variable.time-zone": USER, "variable.user-setting": USER,
    "variable.sim-country": NETWORK, "variable.network-country": NETWORK, "variable.connectivity": NETWORK,
    "variable.time": TIME, "variable.random": CHANCE, "variable.device-id": CHANCE, "variable.remote": SERVER,
    "variable.screen-state": USER, "variable.permission": USER,
}  # fmt: skip
REMOTE_SOURCES = frozenset({"network.response", "list.network", "list.push", "text.push", "variable.remote"})
"""Labels of what a server sends."""
_FREE = frozenset(
    {"variable.time", "variable.random", "variable.device-id", "variable.connectivity", "variable.version",
     "variable.model", "variable.time-zone", "variable.screen-state", "variable.permission"}
)  # fmt: skip
"""Variables that take any value sooner or later, on one handset or another."""


class Variable(NamedTuple):
    """What a condition depends on: a name, who controls it, what stands where it is missing; `source`: its label."""

    name: str
    controller: str
    default: str = ""
    source: str = ""

    @property
    def settled(self) -> bool:
        """Whether it has one value on one handset at one time, and not any sooner or later."""
        return self.controller not in {CHANCE, TIME, NOBODY_KNOWN} and self.source not in _FREE


def controller(source: str) -> str:
    """Return who controls what a label names."""
    if source.startswith("identifier."):
        return CHANCE
    return SERVER if source in REMOTE_SOURCES else _CONTROLLERS.get(source, NOBODY_KNOWN)


LOCALE_PARTS = frozenset(
    {"getLanguage", "getISO3Language", "getCountry", "getISO3Country", "toLanguageTag", "toString", "toLanguageTags"}
)
"""Methods that give the words of a locale."""


def assumed(source: str, name: str, world: World) -> Possible | None:
    """Return what the profile says of a variable, by its label and the method that is asked; None: not of a profile."""
    own = {
        "variable.market": lambda: just(world.profile.market),
        "variable.locale": lambda: just(_of_locale(name, world)),
        "variable.language": lambda: just(language(world.profile)),
        "variable.sim-country": lambda: _of_network(name, world),
        "variable.network-country": lambda: _of_network(name, world),
    }
    if source in own:
        return FREE if world.anything else own[source]()
    if source in _FREE or source.startswith("identifier."):
        return FREE
    decided = source in {"variable.remote", "variable.user-setting"} or not source.startswith("variable.")
    return None if decided else UNKNOWN


def _of_locale(name: str, world: World) -> Scalar:
    profile = world.profile
    match name:
        case "getLanguage" | "getISO3Language":
            return language(profile)
        case "getCountry" | "getISO3Country":
            return country(profile)
        case "toLanguageTag" | "toLanguageTags":
            return profile.locale
    return profile.locale.replace("-", "_")


def _of_network(name: str, world: World) -> Possible:
    if "Operator" not in name and "mcc" not in name.lower():
        return just(world.profile.sim_country)
    return just("") if not world.profile.sim_country else FREE


def missing(term: Term, default: Possible | None) -> Possible:
    """Return what code takes where a server did not send what it asks for.

    Calls named ``get…`` without a default end by an exception, those named ``opt…`` give nothing, zero or false.
    """
    if default is not None:
        return default
    name, result = term.method, term.name.rpartition(")")[2]
    if term.kind is not Kind.FIELD and name.startswith("get") and "JSON" in term.name.partition("->")[0].upper():
        return NEVER
    if result in {"Z", "I", "J", "B", "S", "C"} or term.kind is Kind.FIELD:
        return just(0)
    return just("") if name.startswith("opt") and result == "Ljava/lang/String;" else just(None)
