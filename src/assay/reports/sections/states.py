"""What the gate of a comparison is in the state that app data and recorded answers of a handset show."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from assay.findings.database import Database

Key = tuple[str, str]
"""Artefact and id of a comparison."""
_STATES = """
SELECT DISTINCT s.artefact, s.comparison, s.on_handset AS handset, s.kind, s.day, s.unseen, s.seen_in, s.fact,
    [s.variables[i] || ' = ' || s."values"[i] FOR i IN range(1, len(s.variables) + 1)] AS found,
    CASE WHEN list_contains(s.open_in, h.profile) THEN 'open' WHEN list_contains(s.closed_in, h.profile) THEN 'closed'
        ELSE 'unknown' END AS gate,
    h.profile
FROM gate_in_state s JOIN handset h ON h.name = s.on_handset
WHERE s.handset = s.on_handset AND (s.artefact, s.comparison) IN ({places})
ORDER BY ALL
"""


class StateView(msgspec.Struct, frozen=True, kw_only=True):
    """A state by handset, settings or answer, and day; `gate` is under the handset's own profile, empty: not stated."""

    handset: str
    kind: str
    day: str
    profile: str
    gate: str
    found: tuple[str, ...]
    unseen: tuple[str, ...]
    seen_in: tuple[str, ...]
    fact: str


def states(database: Database, keys: Sequence[Key]) -> dict[Key, tuple[StateView, ...]]:
    """Return the states of comparisons by handset, kind and day."""
    found: dict[Key, list[StateView]] = defaultdict(list)
    if keys:
        wanted = _STATES.format(places=", ".join(["(?, ?)"] * len(keys)))
        for row in database.query(wanted, [each for key in keys for each in key]):
            found[str(row["artefact"]), str(row["comparison"])].append(msgspec.convert(row, StateView))
    return {key: tuple(each) for key, each in found.items()}
