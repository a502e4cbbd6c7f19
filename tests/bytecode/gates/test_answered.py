"""What only runs once a server has answered, against methods written out by hand."""

import pytest

from assay.bytecode.gates import answered as module
from assay.bytecode.gates.answered import Answered
from tests.bytecode import dex_writer as w
from tests.bytecode.effects.followed import IF_EQZ, Item, laid
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated

MARK = l.statically("Lout/Other;", "mark", l.VOID)
FETCH = [*l.statically("Lout/Net;", "fetch", l.proto(l.STRING)), *l.result(0)]
TYPED = [*l.statically("Lout/Screen;", "typed", l.proto(l.STRING)), *l.result(0)]
ASK = [*l.statically("Lout/Other;", "ask", l.proto("Z")), 0x0A | 1 << 8]
M = "LMain;->m()V"


def marked(*items: Item, others: tuple[w.Method, ...] = (), name: str = M) -> bool:
    """Whether a server has answered wherever the mark in a method runs."""
    return answered_before(l.static("LMain;", "m", l.VOID, laid(*items, [0x0E])), *others, name=name)


def answered_before(*methods: w.Method, name: str = M) -> bool:
    opened = Evaluated(k.kin("LMain;", *methods))
    body = opened.evaluator.bodies.of(opened.id(name))
    assert body is not None
    (row,) = [call.row for call in body.calls if call.name == b"mark"]

    def served(term: int) -> bool:
        return any(opened.evaluator.source(each) == "network.response" for each in opened.terms.below(term))

    return Answered(opened.evaluator, served).before(opened.id(name), row, ())


def test_what_stands_behind_a_call_that_gives_the_answer_runs_once_it_came() -> None:
    assert marked(FETCH, MARK)
    assert not marked(MARK, FETCH)
    assert not marked(TYPED, MARK)


def test_it_may_stand_in_front_of_any_way() -> None:
    branch: list[Item] = [ASK, (IF_EQZ, 1, -1, "on")]
    assert marked(FETCH, *branch, TYPED, "on", MARK)
    assert marked(*branch, FETCH, MARK, "on")
    assert not marked(*branch, FETCH, "on", MARK)


@pytest.mark.parametrize(("caught", "answered"), [([0x28 | (-5 & 0xFF) << 8], False), ([0x0E], True)])
def test_where_an_error_is_caught_and_gone_on_from_there_may_be_no_answer(
    caught: list[w.Unit], *, answered: bool
) -> None:
    """try { fetch(); } catch (all) { goto mark; or return; } mark();"""
    own = l.static("LMain;", "m", l.VOID, [*FETCH, *MARK, 0x0E, 0x0D | 1 << 8, *caught])
    own.tries = [w.Try(0, 4, ((None, 8),))]
    assert answered_before(own) is answered


def called(*items: Item) -> bool:
    below = l.static("LMain;", "below", l.VOID, MARK)
    return marked(*items, others=(below,), name="LMain;->below()V")


def test_a_method_runs_once_it_came_where_every_way_into_it_does() -> None:
    call = l.statically("LMain;", "below", l.VOID)
    assert called(FETCH, call)
    assert called(FETCH, call, call)
    assert not called(call)
    assert not called(call, FETCH, call)


@pytest.mark.parametrize(("typed", "answered"), [(FETCH, True), (TYPED, False)])
def test_a_method_that_is_handed_the_answer_runs_once_it_came(typed: list[w.Unit], *, answered: bool) -> None:
    of = l.proto("V", l.STRING)
    take = l.static("LMain;", "take", of, MARK)
    code = [*typed, *l.statically("LMain;", "take", of, 0)]
    assert marked(code, others=(take,), name="LMain;->take(Ljava/lang/String;)V") is answered


def test_as_many_calls_as_are_looked_at_and_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CALLS", 3)
    assert marked(TYPED, TYPED, FETCH, MARK)
    assert not marked(TYPED, TYPED, TYPED, FETCH, MARK)


def test_as_many_ways_as_are_looked_at_and_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAYS", 2)
    call = l.statically("LMain;", "below", l.VOID)
    assert called(FETCH, call, call)
    assert not called(FETCH, call, call, call)


@pytest.mark.parametrize(("levels", "answered"), [(1, False), (2, True)])
def test_as_many_methods_as_are_gone_out_of(monkeypatch: pytest.MonkeyPatch, levels: int, *, answered: bool) -> None:
    monkeypatch.setattr(module, "MOST_LEVELS", levels)
    through = l.static("LMain;", "through", l.VOID, l.statically("LMain;", "below", l.VOID))
    below = l.static("LMain;", "below", l.VOID, MARK)
    code = [*FETCH, *l.statically("LMain;", "through", l.VOID)]
    assert marked(code, others=(through, below), name="LMain;->below()V") is answered
