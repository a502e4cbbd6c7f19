"""What the user's acts lead to, as gates have it."""

from types import SimpleNamespace
from typing import Any

import pytest

from assay.bytecode.gates.meanings import TermMeanings
from assay.bytecode.provenance.links_record import Link
from assay.bytecode.provenance.terms import Guard

CLICKED, TURNED, RUN, EITHER, PLAIN = range(5)
NAMES = {CLICKED: b"onClick", TURNED: b"lambda$0", RUN: b"lambda$1", EITHER: b"lambda$2", PLAIN: b"write"}
CALLED = {TURNED: ["onCheckedChanged"], RUN: ["run"], EITHER: ["onClick", "run"]}
"""Under which names the platform calls the lambdas."""


def link(caller: int, callee: int, method: str = "") -> Link:
    return Link(caller, 0, callee, (), "lambda", result=False, method=method)


def by_user(definition: int, *way: int, roots: tuple[int, ...] = ()) -> bool:
    """Whether only the user's acts lead to a method that is come into by way of others, or begins at these roots."""

    def into(asked: int) -> list[Link]:
        return [link(9, asked, name) for name in CALLED.get(asked, [])]

    terms: Any = SimpleNamespace(
        ground=SimpleNamespace(key=lambda asked: (b"LA;", NAMES[asked], b"()V")), links=SimpleNamespace(into=into)
    )
    execution: Any = SimpleNamespace(roots=lambda _top, _stop: frozenset(roots))
    context = tuple(link(caller, definition) for caller in way)
    return TermMeanings(terms, execution).by_user(Guard(definition, context, 0, -1))


@pytest.mark.parametrize(
    ("definition", "acted"), [(CLICKED, True), (TURNED, True), (RUN, False), (EITHER, False), (PLAIN, False)]
)
def test_a_lambda_is_the_users_where_nothing_else_calls_it(definition: int, *, acted: bool) -> None:
    assert by_user(definition) is acted
    assert by_user(PLAIN, definition) is acted
    assert by_user(PLAIN, roots=(CLICKED, definition)) is acted
