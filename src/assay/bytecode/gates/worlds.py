"""Worlds: what is assumed of the handset, of what servers have sent, and of what the user has set."""

from collections.abc import Mapping
from typing import NamedTuple

from assay.bytecode.gates.possible import Scalar
from assay.reference.profiles import Profile

UNKNOWN_MARKET = Profile(id="unknown", market="", locale="", sim_country="", european_union=False)
"""A handset that does not say where it was sold: market and locale empty, no SIM."""


ABSENT = "\x00absent"
"""Stands for a preference under whose key nothing stands."""
FREELY = "\x00any"
"""Stands for a preference under whose key anything may stand."""


class World(NamedTuple):
    """Values of variables, by their names (`variables.Variable.name`).

    `served`: what servers sent, a variable that is not in it is missing in what they sent; None: never anything.
    `chosen`: what the user has set; all else stands at its default. `anything`: nothing is assumed at all;
    `heard`: a server may have sent anything. `stored`: what stands in preferences, by the names of their terms – a
    value, `ABSENT` where there is no such key, or `FREELY` for any; it goes before all that code may write there.
    """

    profile: Profile
    served: Mapping[str, Scalar] | None = None
    chosen: Mapping[str, Scalar] = {}
    anything: bool = False
    heard: bool = False
    stored: Mapping[str, Scalar] = {}


def language(profile: Profile) -> str:
    """Return the language of a profile's locale, e.g. ``lt``."""
    return profile.locale.partition("-")[0]


def country(profile: Profile) -> str:
    """Return the country of a profile's locale, e.g. ``LT``."""
    return profile.locale.partition("-")[2]


ANYTHING = World(UNKNOWN_MARKET, anything=True)
"""The world in which every gate may be open."""
