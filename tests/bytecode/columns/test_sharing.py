"""What apps share after any changes is what the same apps share when linked for the first time."""

from collections import Counter
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.columns import NONE, UNNAMED, Columns, build
from assay.bytecode.columns.linking import Linker
from assay.bytecode.columns.sharing import App, Sharing
from tests.bytecode import dex_writer as w
from tests.bytecode.columns.code_drawn import file, methods, strangers
from tests.bytecode.samples import opened, sample, with_u4

FILES = st.lists(st.tuples(methods(), strangers()), min_size=1, max_size=4)
APPS = st.lists(st.lists(st.integers(0, 4), max_size=3), max_size=4)
"""Apps as sets of files; equal ones are several apps."""


def unnamed() -> Columns:
    """A file all of whose methods miss their names."""
    raw = sample().write()
    methods_at = int.from_bytes(raw[0x5C:0x60], "little")
    for row in range(3):
        raw = with_u4(raw, methods_at + 8 * row + 4, 0xFFFFFFFF)
    return build(opened(raw))


def told(sharing: Sharing) -> list[object]:
    """Return, for each row of each file, how many apps hold what stands there; None where there is nothing."""
    found: list[object] = [sharing.live, sharing.unnamed]
    for _, (ids, _) in sorted(sharing.files.items()):
        for part, counts in zip((ids.classes, ids.methods, ids.bodies), sharing.counts, strict=True):
            found.append([int(counts[number]) if number != NONE else None for number in part.tolist()])
    return found


def counted(apps: Sequence[App], columns: dict[str, Columns]) -> list[object]:
    """Return the same, counted with sets of names."""
    held: tuple[Counter[object], ...] = (Counter(), Counter(), Counter())
    named = {name: names(columns[name]) for app in apps for name in app}
    for app in apps:
        for part, count in enumerate(held):
            count.update({value for name in app for value in named[name][part]} - {None})
    missing = sum(isinstance(value, int) for parts in named.values() for value in parts[1])
    rows = [
        [None if v is None else held[p][v] for v in one]
        for _, parts in sorted(named.items())
        for p, one in enumerate(parts)
    ]
    return [tuple(map(len, held)), missing, *rows]


def names(columns: Columns) -> tuple[list[object], ...]:
    """Return what tells classes, methods and bodies apart: a method without a name is its own row."""
    classes: list[object] = list(map(columns.descriptor, columns.class_types.tolist()))
    defined: list[object] = []
    for row, method in enumerate(columns.definition_methods.tolist()):
        key = columns.method_key(method)
        defined.append(row if key[1] == UNNAMED else key)
    return classes, defined, [None if one == [0, 0] else tuple(one) for one in columns.definition_bodies.tolist()]


@given(FILES, st.lists(APPS, min_size=1, max_size=4), st.integers(0, 99))
def test_changes_end_where_a_fresh_link_does(
    drawn: list[tuple[w.Method, list[w.Class]]], steps: list[list[list[int]]], salt: int
) -> None:
    columns = {str(number): build(file(method, others)) for number, (method, others) in enumerate(drawn)}
    columns["4"] = unnamed()
    kept = Sharing(Linker(salt))
    for step in steps:
        apps = [tuple(sorted({str(n) for n in app} & columns.keys())) for app in step]
        order = sorted({name for app in apps for name in app})
        kept.update(apps, order, columns.__getitem__)
        fresh = Sharing(Linker(salt + 1))
        fresh.update(apps, order, columns.__getitem__)
        assert told(kept) == told(fresh) == counted(apps, columns)
        assert fresh.dead == 0
        assert kept.dead == kept.linker.counts[1] - kept.live[1]
