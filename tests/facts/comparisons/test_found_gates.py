"""Gates of what a match changes, by what is asked beside it."""

from itertools import permutations

import pytest

from assay.facts.comparisons.found import Found
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import conditions as c
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

SENT = 6
COPY: list[w.Unit] = [0x07 | SENT << 8 | f.TEXT << 12]
SEND = l.statically(f.ACTS, "send", l.proto("V", l.STRING), SENT)


def masked(condition: c.Condition) -> Found:
    """sent = text; if (condition) sent = "***"; send(sent);"""
    coded = c.Coded(condition, "then")
    found = f.compared(COPY, *coded.items, "then", l.text(SENT, "***"), "else", SEND, number=coded.match)
    assert [(effect.consequence, effect.changed) for effect in found.outcome.effects] == [("masked", True)]
    return found


TWO = [condition for order in permutations(("match", "gate")) for condition in c.trees(order)]
THREE: list[c.Condition] = [
    ("match", "&&", ("gate", "&&", "other")),
    ("match", "||", ("gate", "||", "other")),
    ("gate", "&&", ("other", "||", "match")),
    ("gate", "||", ("other", "&&", "match")),
    (("gate", "&&", "match"), "||", "other"),
    (("gate", "||", "match"), "&&", "other"),
    (("other", "||", "gate"), "||", "match"),
    ("other", "||", ("match", "&&", "gate")),
    ("other", "&&", ("match", "||", "gate")),
    ("other", "&&", ("gate", "&&", "match")),
]


@pytest.mark.parametrize("condition", [*TWO, *THREE], ids=c.shown)
def test_a_text_that_a_match_masks_is_masked_behind_the_gate_that_is_asked_with_it(condition: c.Condition) -> None:
    for each in (condition, c.negated(condition)):
        wanted = {place: c.matters(each, gate=gate) for place, gate in (("CN", True), ("LT", False))}
        assert f.truths(masked(each)) == {place: "YES" if opens else "NO" for place, opens in wanted.items()}


def test_without_a_gate_it_is_masked_everywhere() -> None:
    for condition in ("match", ("match", "&&", "other"), ("other", "||", "match")):
        assert f.truths(masked(condition)) == {"CN": "YES", "LT": "YES"}


def test_a_gate_of_what_a_call_is_given_is_told_by_what_it_depends_on() -> None:
    assert masked(("match", "&&", "gate")).gate.formula == "depends on market"
    assert masked("match").gate.formula == "true"


def test_what_a_call_is_given_whatever_matches_is_not_changed() -> None:
    coded = c.Coded("match", "then")
    code = [COPY, *coded.items, "then", l.text(7, "***"), "else", SEND]
    assert f.compared(*code, number=coded.match).outcome.effects == ()


def checked(*variables: str, name: str = "check") -> Found:
    """if (Other.check(variables) && match) return; send();"""
    read = [
        [*l.statically("Lout/Screen;", each, l.proto(l.STRING)), *l.result(2 + at)] for at, each in enumerate(variables)
    ]
    of = l.proto("Z", *[l.STRING] * len(variables))
    asked = [*l.statically("Lout/Other;", name, of, *range(2, 2 + len(variables))), 0x0A | 5 << 8]
    match: list[f.Item] = [f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "end"), f.send(), "end"]
    return f.compared(*read, asked, (f.IF_EQZ, 5, -1, "end"), *match, number=len(variables) + 1)


def test_what_is_made_of_a_market_by_code_that_is_not_followed_is_not_known() -> None:
    assert f.truths(checked("market")) == {"CN": "MAYBE", "LT": "MAYBE"}


@pytest.mark.parametrize("variables", [("clock",), ("market", "clock"), ("clock", "market")])
def test_what_is_made_of_the_time_as_well_comes_true_sooner_or_later(variables: tuple[str, ...]) -> None:
    assert f.truths(checked(*variables)) == {"CN": "YES", "LT": "YES"}
