"""Differences that were looked into, one by one: how many rows only one side has, and why."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple


class Known(NamedTuple):
    """How many rows only we have, how many only the other has, and why, with the proof."""

    ours: int
    theirs: int
    why: str


Table = Mapping[str, Known]
"""By the name of what is compared, e.g. ``hello-activity.apk!classes.dex``."""


def hold(name: str, ours: Iterable[Hashable], theirs: Iterable[Hashable], known: Table) -> None:
    """Compare two multisets of rows; what is different must be exactly what is known."""
    left, right = Counter(ours), Counter(theirs)
    expected = known.get(name, Known(0, 0, ""))
    found = (left - right).total(), (right - left).total()
    examples = f"only ours: {list(left - right)[:3]}\nonly theirs: {list(right - left)[:3]}"
    assert found == (expected.ours, expected.theirs), f"{name}: {found} rows differ\n{examples}"
