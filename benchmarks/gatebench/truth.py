"""The truth of a specimen: what its pieces come to together, by table."""

import itertools
from collections.abc import Mapping
from dataclasses import astuple, dataclass

from benchmarks.gatebench.fragments import PROFILES, Idiom, Profile, State, Value

MEMBERS = ("list_origin", "text_origin", "consequences", "gate", "remote_content", "remote_switch", "grade")
MOST_STATES = 12


@dataclass(frozen=True)
class GateRow:
    """The gate under one profile; words as in the fact table gate_truth.

    `server_opens` and `server_closes`: among all that a server can send, nothing included, something leaves it open, or
    closed; settings stand at their defaults. `user_opens`: the same of the user, while no server sent anything.
    """

    unset: str
    server_opens: str
    server_closes: str
    user_opens: str


@dataclass(frozen=True)
class Truth:
    """The tuple of one case; a member that nobody can decide from the package is "unknown"."""

    list_origin: str
    text_origin: str
    consequences: tuple[str, ...]
    gates: Mapping[str, GateRow]
    remote_content: str
    undecidable: tuple[str, ...] = ()

    def members(self) -> dict[str, object]:
        """Return the tuple, member by member."""
        found: dict[str, object] = {
            "list_origin": self.list_origin,
            "text_origin": self.text_origin,
            "consequences": self.consequences,
            "gate": {profile: astuple(row) for profile, row in self.gates.items()},
            "remote_content": self.remote_content,
            "remote_switch": switches({profile: astuple(row) for profile, row in self.gates.items()}),
            "grade": {profile: grade(row.unset) for profile, row in self.gates.items()},
        }
        return found | {member: unknown(found[member]) for member in self.undecidable}


def switches(rows: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return by profile whether a server can switch, and under "any" whether it can in some profile."""
    found = {profile: _both(opens, closes) for profile, (_, opens, closes, _) in rows.items()}
    return found | {"any": next((word for word in ("yes", "unknown") if word in found.values()), "no")}


def _both(opens: str, closes: str) -> str:
    if "no" in {opens, closes}:
        return "no"
    return "yes" if opens == closes == "yes" else "unknown"


def grade(unset: str) -> str:
    """Return the grade of a case that reaches a consequence, by its gate before anything was sent or chosen."""
    return {"open": "reachable", "closed": "dormant"}.get(unset, "unknown")


def unknown(member: object) -> object:
    """Return the member with every value unknown."""
    if isinstance(member, dict):
        return {key: unknown(value) for key, value in member.items()}
    if isinstance(member, tuple):
        return tuple("unknown" for _ in member)
    return "unknown"


def assignments(variables: Mapping[str, tuple[Value, ...]]) -> list[State]:
    """Return every assignment of the variables, at most MOST_STATES, without the empty one."""
    if not variables:
        return []
    every = itertools.product(*variables.values())
    return [dict(zip(variables, values, strict=True)) for values in itertools.islice(every, MOST_STATES)]


@dataclass(frozen=True)
class Gates:
    """All the gates of a specimen together: open where each of them is."""

    idioms: tuple[Idiom, ...]

    @property
    def server(self) -> dict[str, tuple[Value, ...]]:
        """Return the variables that a server sends."""
        return {name: values for idiom in self.idioms for name, values in idiom.server.items()}

    @property
    def user(self) -> dict[str, tuple[Value, ...]]:
        """Return the settings of the user."""
        return {name: values for idiom in self.idioms for name, values in idiom.user.items()}

    def opens(self, profile: Profile, state: State) -> bool:
        """Return whether all are open."""
        return all(idiom.opens(profile, state) for idiom in self.idioms)

    def states(self) -> list[State]:
        """Return what is tried: nothing delivered, what the server can send, what the user can choose."""
        return [{}, *assignments(self.server), *assignments(self.user)]

    def row(self, profile: Profile) -> GateRow:
        """Return the truth under one profile."""
        sent = [self.opens(profile, state) for state in ({}, *assignments(self.server))]
        chosen = [self.opens(profile, state) for state in ({}, *assignments(self.user))]
        return GateRow(
            "open" if self.opens(profile, {}) else "closed",
            _yes(any(sent)),
            _yes(not all(sent)),
            _yes(any(chosen)),
        )

    def table(self) -> dict[str, GateRow]:
        """Return the truth by profile."""
        return {profile.id: self.row(profile) for profile in PROFILES}


def _yes(holds: bool) -> str:  # noqa: FBT001 - turns a truth value into the word of the fact table
    return "yes" if holds else "no"
