"""What gates are in every state of the settings that they read, and for every answer that a server may give.

Settings are preferences of the app; a state gives each a value, or says that its file has no such key. Of the values
that a setting can have, those stand for all others that the code compares it with, and their neighbours.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from assay.bytecode.gates.formula import Branch
from assay.bytecode.gates.gate import Gates, Whole, said
from assay.bytecode.gates.possible import Scalar
from assay.bytecode.gates.subjects import Subject
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.variables import SERVER
from assay.bytecode.gates.worlds import ABSENT, FREELY, World
from assay.bytecode.provenance.terms import Kind, Term
from assay.reference.profiles import Profile

MAX_STATES = 128
"""Most combinations of values that are gone through for one gate; of gates with more nothing is told."""
MOST_TEXTS = 8
"""Most texts that are told of what may be a flag or a number as well: more are those of another variable's test."""
FLAG, NUMBER, TEXT, ANY = "flag", "number", "text", "any"
_KINDS = {
    b"getBoolean": FLAG, b"decodeBool": FLAG, b"getInt": NUMBER, b"getLong": NUMBER, b"decodeInt": NUMBER,
    b"decodeLong": NUMBER, b"getString": TEXT, b"decodeString": TEXT,
}  # fmt: skip
"""What reads of preferences give, by the name of the method; others are not told."""
_ENDINGS = {"Boolean": FLAG, "Int": NUMBER, "Long": NUMBER, "String": TEXT}
_PLAIN = ("required", "check-cast", "move", "cmp", "instance-of")
"""Beginnings of the names of operations that leave the order of numbers as it is."""

Value = int | str
Domain = dict[str, list[Value]]
Kinds = dict[str, str]
Constants = dict[str, set[Scalar]]


class State(NamedTuple):
    """Values in the order of the variables, `ABSENT` among them, and where the gate is then certainly open, or closed.

    `open_in`, `closed_in`: ids of profiles.
    """

    values: tuple[Value, ...]
    open_in: tuple[str, ...]
    closed_in: tuple[str, ...]


class States(NamedTuple):
    """All states of some variables, sorted; `terms`: numbers of terms that read the variables.

    `ordered`: variables of which each number stands for those up to the next one; of others it stands for itself.
    """

    variables: tuple[str, ...]
    states: tuple[State, ...]
    terms: tuple[int, ...] = ()
    ordered: tuple[str, ...] = ()


NONE = States((), ())


class TooManyStates(Exception):
    """A gate has more states than are gone through, or takes more steps than it may."""


def of_settings(gates: Gates, whole: Whole, profiles: Iterable[Profile]) -> States:
    """Return what a gate is for the preferences that it reads; none where they make no difference.

    Servers may have sent anything beside. Raises: TooManyStates.
    """
    kinds, constants = _settings(gates, whole.subjects)
    domain = {name: _values(kinds[name], constants[name]) for name in sorted(kinds)}

    def world(profile: Profile, values: Mapping[str, Value]) -> World:
        return World(profile, served={}, heard=True, stored=values)

    return _gone_through(gates, whole, profiles, domain, world)._replace(ordered=_ordered(kinds))


def of_answers(gates: Gates, whole: Whole, profiles: Iterable[Profile]) -> States:
    """Return what a gate is once a server gave an answer and nobody chose anything; none where that decides nothing.

    Raises: TooManyStates.
    """
    kinds, constants, terms = _answers(gates, whole.subjects)
    domain = {name: _values(kinds[name], constants[name]) for name in sorted(kinds)}

    def world(profile: Profile, values: Mapping[str, Value]) -> World:
        return World(profile, served={name: value for name, value in values.items() if value != ABSENT})

    return _gone_through(gates, whole, profiles, domain, world)._replace(terms=terms, ordered=_ordered(kinds))


def _ordered(kinds: Kinds) -> tuple[str, ...]:
    return tuple(sorted(name for name, kind in kinds.items() if kind == NUMBER))


def _gone_through(
    gates: Gates, whole: Whole, profiles: Iterable[Profile], domain: Domain,
    world: Callable[[Profile, Mapping[str, Value]], World],
) -> States:  # fmt: skip
    size = 1
    for each in domain.values():
        size *= len(each)
    if size > MAX_STATES:
        raise TooManyStates
    alike, found = _alike(whole, profiles) if domain else {}, []
    shut = {key: Truth.NO for key, group in alike.items() if _never(gates, whole, group[0], domain)}
    for values in product(*domain.values()) if domain else ():
        if gates.exhausted:
            break
        truths = shut | {key: gates.truth(whole, world(group[0], dict(zip(domain, values, strict=True))))
                         for key, group in alike.items() if key not in shut}  # fmt: skip
        found.append(State(values, _named(alike, truths, Truth.YES), _named(alike, truths, Truth.NO)))
    if gates.exhausted:
        raise TooManyStates
    if len({state[1:] for state in found}) < 2:
        return NONE
    return States(tuple(domain), tuple(found))


def _never(gates: Gates, whole: Whole, profile: Profile, domain: Domain) -> bool:
    """Return whether a gate stays closed under a profile whatever servers send and settings are."""
    free = World(profile, served={}, heard=True, stored=dict.fromkeys(domain, FREELY))
    return gates.truth(whole, free) is Truth.NO


def _alike(whole: Whole, profiles: Iterable[Profile]) -> dict[tuple[str, ...], list[Profile]]:
    """Return the profiles in groups that agree in all that a gate asks of a handset."""
    asked = {variable.source for subject in whole.subjects.values() for variable, _ in subject.variables}
    found: dict[tuple[str, ...], list[Profile]] = {}
    for profile in profiles:
        key = tuple(value for source, value in said(profile) if source in asked)
        found.setdefault(key, []).append(profile)
    return found


def _named(
    alike: Mapping[tuple[str, ...], list[Profile]], truths: Mapping[tuple[str, ...], Truth], wanted: Truth
) -> tuple[str, ...]:
    return tuple(sorted(profile.id for key, group in alike.items() if truths[key] is wanted for profile in group))


def _settings(gates: Gates, subjects: Mapping[Branch, Subject]) -> tuple[Kinds, Constants]:
    """Return what each preference is that a gate reads by a known name and in one way, and the constants beside it."""
    kinds: dict[str, set[str]] = {}
    constants: Constants = {}
    for subject in subjects.values():
        exact = not _computes(gates, subject)
        for number in subject.stores:
            term = next(gates.below(number))
            kind = _kind(term)
            kinds.setdefault(term.name, set()).add(kind if exact or kind == FLAG else "")
            constants.setdefault(term.name, set()).update(subject.constants)
    return _told(kinds), constants


def _told(kinds: Mapping[str, set[str]]) -> Kinds:
    """Return the kinds of variables that have but one, and a known one."""
    return {name: kind for name, found in kinds.items() if len(found) == 1 and (kind := next(iter(found)))}


def _answers(gates: Gates, subjects: Mapping[Branch, Subject]) -> tuple[Kinds, Constants, tuple[int, ...]]:
    """Return what a gate reads in answers of servers, the constants beside it, and the terms that read it."""
    constants: Constants = {}
    kinds: dict[str, set[str]] = {}
    terms: dict[int, None] = {}
    for subject in subjects.values():
        exact = not _computes(gates, subject)
        for variable, number in subject.variables:
            if variable.controller == SERVER and variable.name.startswith("remote:"):
                terms[number] = None
                kind = _served_kind(next(gates.below(number)))
                kinds.setdefault(variable.name, set()).add(kind if exact or kind == FLAG else "")
                constants.setdefault(variable.name, set()).update(subject.constants)
    return _told(kinds), constants, tuple(terms)


def _kind(term: Term) -> str:
    """Return what a read gives, empty where its name is not known or it is not told."""
    return "" if "?" in term.name or term.model is None else _KINDS.get(term.model.name, "")


def _served_kind(term: Term) -> str:
    """Return what a read of an answer gives by the end of its name: ``optBoolean``, ``getInt``; any for a field."""
    if term.kind is not Kind.CALL:
        return ANY
    return next((kind for ending, kind in _ENDINGS.items() if term.method.endswith(ending)), "")


def _computes(gates: Gates, subject: Subject) -> bool:
    """Return whether numbers are worked out on the way to a test, so that neighbours do not stand for others."""
    terms: Iterator[Term] = (term for operand in subject.operands for term in gates.below(operand))
    return any(term.kind is Kind.OPERATION and not term.name.startswith(_PLAIN) for term in terms)


def _values(kind: str, constants: set[Scalar]) -> list[Value]:
    match kind:
        case "flag":
            return [ABSENT, 0, 1]
        case "number":
            return [ABSENT, *_around(_numbers(constants))]
        case "text":
            return [ABSENT, *_texts(constants)]
    texts = _texts(constants)
    return [ABSENT, *sorted(_numbers(constants)), *(texts if len(texts) <= MOST_TEXTS else ())]


def _numbers(constants: set[Scalar]) -> set[int]:
    return {each for each in constants if isinstance(each, int)} | {0, 1}


def _around(numbers: set[int]) -> list[int]:
    return sorted({near for each in numbers for near in (each - 1, each, each + 1)})


def _texts(constants: set[Scalar]) -> list[str]:
    return sorted({each for each in constants if isinstance(each, str)} | {""})
