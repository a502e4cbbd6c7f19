"""Sieves: calls that ask a function about each element of a collection, and keep or leave out what it says."""

from assay.bytecode.effects.supposing import Worlds
from assay.bytecode.gates.evaluation import Evaluation, returned
from assay.bytecode.gates.possible import Possible, Rest
from assay.bytecode.provenance.bodies import Call
from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.links_record import Context, Link, entered

_LEAVES_OUT = {
    b"removeIf": 1, b"filterNot": 1, b"removeAll": 1, b"dropWhile": 1, b"filter": 0, b"takeWhile": 0, b"retainAll": 0,
}  # fmt: skip
"""What a function says of an element that is left out. Source: Java SE, "Stream"; Kotlin, "kotlin.collections"."""


def leaves_out(evaluator: Evaluator, call: Call, place: tuple[int, int, Context], worlds: Worlds) -> bool:
    """Return whether a call leaves out on a match what it keeps without one."""
    if call.name not in _LEAVES_OUT:
        return False
    out = _LEAVES_OUT[call.name]
    return any(
        _says(evaluator, worlds.match, link, place[2], out) and not _says(evaluator, worlds.plain, link, place[2], out)
        for link in evaluator.links.out_of(place[0], place[1], place[2])
    )


def _says(evaluator: Evaluator, world: Evaluation, link: Link, context: Context, answer: int) -> bool:
    """Return whether a function can only give one answer in a world."""
    given = world.values.chosen(returned(evaluator.bodies, evaluator, link.callee, entered(context, link)))
    return given.rest is Rest.NOTHING and _truths(given) == {answer}


def _truths(given: Possible) -> set[int]:
    return {each if isinstance(each, int) else -1 for each in given.known}
