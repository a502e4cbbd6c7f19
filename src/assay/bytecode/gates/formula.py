"""Conditions as formulas: branches joined by and and or, built once and evaluated under many worlds.

A block runs when its method is entered and the block lies on every way through it, or when one of the branches that
it depends on is reached and taken its way (control dependence).
Source: J. Ferrante, K. Ottenstein, J. Warren, "The program dependence graph and its use in optimization" (1987).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import NamedTuple

import msgspec

from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.links_record import Context


class Branch(msgspec.Struct, frozen=True):
    """A way out of a conditional instruction: `row` of `definition`, reached in `context`.

    `taken`: the test holds, or the switch has one of the `keys`; `exception`: no test, but an exception leads on.
    `result`: no branch, but that the method ends otherwise than it would without what is supposed, or, at a call, that
    this is given something else.
    """

    definition: int
    context: Context
    row: int
    taken: bool
    keys: tuple[int, ...] = ()
    exception: bool = False
    result: bool = False


class Formula(msgspec.Struct, frozen=True):
    """`sort`: branch · all · any · not (of one part) · open (always) · shut (never) · lost (not told, for `reason`)."""

    sort: str
    parts: tuple["Formula", ...] = ()
    branch: Branch | None = None
    reason: str = ""


OPEN, SHUT = Formula("open"), Formula("shut")
MAX_ASKED = 8
"""Most tests of two formulas that are compared with each other."""


def lost(reason: str) -> Formula:
    """Return a condition of which it could not be told whether it holds."""
    return Formula("lost", reason=reason)


def conjunction(parts: Iterable[Formula]) -> Formula:
    """Return that all hold, each part once, those that always hold left out."""
    kept: dict[Formula, None] = {}
    for part in parts:
        kept.update(dict.fromkeys(part.parts if part.sort == "all" else (part,)))
    kept.pop(OPEN, None)
    if SHUT in kept:
        return SHUT
    return OPEN if not kept else next(iter(kept)) if len(kept) == 1 else Formula("all", tuple(kept))


def disjunction(parts: Iterable[Formula]) -> Formula:
    """Return that one holds, each part once, those that never hold left out; a branch either way always holds."""
    kept: dict[Formula, None] = {}
    for part in parts:
        kept.update(dict.fromkeys(part.parts if part.sort == "any" else (part,)))
    kept.pop(SHUT, None)
    if OPEN in kept or any(_opposite(part) in kept for part in kept):
        return OPEN
    return SHUT if not kept else next(iter(kept)) if len(kept) == 1 else Formula("any", tuple(kept))


def _opposite(part: Formula) -> Formula | None:
    """Return the other way out of a test, None of anything else."""
    one = part.branch
    if one is None or one.keys or one.exception or one.result:
        return None
    return Formula("branch", branch=msgspec.structs.replace(one, taken=not one.taken))


def negation(part: Formula) -> Formula:
    """Return that a formula does not hold."""
    match part.sort:
        case "open" | "shut":
            return SHUT if part == OPEN else OPEN
        case "all":
            return disjunction(negation(each) for each in part.parts)
        case "any":
            return conjunction(negation(each) for each in part.parts)
        case "not":
            return part.parts[0]
        case "branch" if (opposite := _opposite(part)) is not None:
            return opposite
    return part if part.sort == "lost" else Formula("not", (part,))


def replaced(formula: Formula, by: Callable[[Branch], Formula]) -> Formula:
    """Return a formula with another in the place of each branch."""
    match formula.sort:
        case "all":
            return conjunction(replaced(part, by) for part in formula.parts)
        case "any":
            return disjunction(replaced(part, by) for part in formula.parts)
        case "not":
            return negation(replaced(formula.parts[0], by))
        case "branch" if formula.branch is not None:
            return by(formula.branch)
    return formula


def evaluated(formula: Formula, of: Callable[[Branch], Truth]) -> Truth:
    """Return the truth of a formula from that of its branches: loops, since formulas are asked within each other."""
    if formula.sort in {"all", "any"}:
        ends = Truth.NO if formula.sort == "all" else Truth.YES
        found = Truth(Truth.YES - ends)
        for part in formula.parts:
            truth = evaluated(part, of)
            found = min(found, truth) if formula.sort == "all" else max(found, truth)
            if found is ends:
                break
        return found
    if formula.sort == "not":
        return Truth(Truth.YES - evaluated(formula.parts[0], of))
    if formula.branch is not None:
        return of(formula.branch)
    return {"open": Truth.YES, "shut": Truth.NO}.get(formula.sort, Truth.MAYBE)


def branches(formula: Formula) -> Iterator[Branch]:
    """Yield the branches in their order, each once."""
    seen: set[Branch] = set()
    todo = [formula]
    while todo:
        part = todo.pop()
        if part.branch is not None and part.branch not in seen:
            seen.add(part.branch)
            yield part.branch
        todo.extend(reversed(part.parts))


def implied(one: Formula, other: Formula) -> tuple[bool, bool] | None:
    """Return whether the first implies the second, and the second the first; None with more than `MAX_ASKED` tests."""
    asked = list(dict.fromkeys(_test(branch) for part in (one, other) for branch in branches(part)))
    if len(asked) > MAX_ASKED:
        return None
    forwards = backwards = True
    for answers in product((Truth.NO, Truth.YES), repeat=len(asked)):
        given = dict(zip(asked, answers, strict=True))
        a, b = (evaluated(part, partial(_answered, given)) for part in (one, other))
        forwards, backwards = forwards and a <= b, backwards and b <= a
    return forwards, backwards


def _test(branch: Branch) -> Branch:
    return branch if branch.keys or branch.exception or branch.result else msgspec.structs.replace(branch, taken=True)


def _answered(given: Mapping[Branch, Truth], branch: Branch) -> Truth:
    test = _test(branch)
    return given[test] if test == branch else Truth(Truth.YES - given[test])


def kept(formula: Formula, holds: Callable[[Branch], bool]) -> Formula:
    """Return a formula with the branches that pass a test: it holds where it does for some answers of the others.

    With more than `MAX_ASKED` that are asked both ways each place of one is answered apart, which may say more.
    """
    asked: dict[Branch, set[bool]] = {}
    for way, branch in _ways(formula, straight=True):
        if not holds(branch):
            asked.setdefault(_test(branch), set()).add(way)
    both = [test for test, ways in asked.items() if len(ways) > 1]
    once = {test: ways == {True} for test, ways in asked.items() if len(ways) == 1}
    found = replaced(formula, lambda branch: _given(branch, once))
    if len(both) > MAX_ASKED:
        return replaced(found, lambda branch: OPEN if _test(branch) in both else Formula("branch", branch=branch))
    for test in both:
        answers = [replaced(found, partial(_given, given={test: answer})) for answer in (True, False)]
        found = disjunction(answers)
    return found


def _ways(formula: Formula, *, straight: bool) -> Iterator[tuple[bool, Branch]]:
    """Yield each branch with whether the formula wants its test to hold or not to."""
    if formula.branch is not None:
        yield (_test(formula.branch) == formula.branch) == straight, formula.branch
    for part in formula.parts:
        yield from _ways(part, straight=straight != (formula.sort == "not"))


def _given(branch: Branch, given: Mapping[Branch, bool]) -> Formula:
    """Return what is known of a branch from answers to tests."""
    test = _test(branch)
    if test not in given:
        return Formula("branch", branch=branch)
    return OPEN if given[test] == (test == branch) else SHUT


def reasons(formula: Formula) -> Iterator[str]:
    """Yield why parts of a formula could not be told, in their order."""
    if formula.sort == "lost":
        yield formula.reason
    for part in formula.parts:
        yield from reasons(part)


def printed(formula: Formula, of: Callable[[Branch], str]) -> str:
    """Return a formula as text, with `and` and `or`; ``true`` where it always holds, ``false`` where never.

    What is said in the same words is said once, and what a part beside it says already is left out.
    """
    return _text(_spelled(formula, of))


class _Spelled(NamedTuple):
    """Words, or what is joined by `and` or `or`."""

    join: str
    parts: tuple["_Spelled | str", ...]


def _spelled(formula: Formula, of: Callable[[Branch], str]) -> "_Spelled | str":
    if formula.branch is not None:
        return of(formula.branch)
    if formula.sort == "not":
        return f"not ({printed(formula.parts[0], of)})"
    if formula.sort not in {"all", "any"}:
        return {"open": "true", "shut": "false"}.get(formula.sort, f"unknown ({formula.reason})")
    join, found = "and" if formula.sort == "all" else "or", dict[_Spelled | str, None]()
    for part in formula.parts:
        spelled = _spelled(part, of)
        alike = isinstance(spelled, _Spelled) and spelled.join == join
        found.update(dict.fromkeys(spelled.parts if alike else (spelled,)))  # type: ignore[union-attr]
    kept = tuple(part for part in found if isinstance(part, str) or found.keys().isdisjoint(part.parts))
    if not kept:
        return "true" if join == "and" else "false"
    return kept[0] if len(kept) == 1 else _Spelled(join, kept)


def _text(spelled: "_Spelled | str") -> str:
    if isinstance(spelled, str):
        return spelled
    inner = (part if isinstance(part, str) else f"({_text(part)})" for part in spelled.parts)
    return f" {spelled.join} ".join(inner)
