"""Answers of servers that are stored, parsed or run: how they came, and whether anything of them is checked."""

from collections.abc import Iterator
from typing import NamedTuple

from assay.bytecode.provenance.origins import Origin
from assay.bytecode.sinks.calls import ModelledCall, PlacedCall, modelled_calls, operand, placed
from assay.bytecode.sinks.carried import given
from assay.bytecode.sinks.operations import operations
from assay.facts.weaknesses.scene import Scene, Seen, name_of
from assay.reference.models_records import Model

_SERVED = frozenset({"network.response", "list.network"})
_STORING = frozenset({"effect.store", "effect.insert"})
_RUNNING = frozenset({"effect.load", "effect.execute"})
_OUTSIDE = ("/sdcard", "/storage/emulated", "/data/local/tmp")
_OUTER = (
    "getExternalStorageDirectory",
    "getExternalFilesDir",
    "getExternalCacheDir",
    "getExternalStoragePublicDirectory",
)
_CHECKING = {
    b"Ljava/security/MessageDigest;": (b"update", b"digest"), b"Ljava/security/Signature;": (b"update", b"verify"),
    b"Ljavax/crypto/Mac;": (b"update", b"doFinal"),
}  # fmt: skip
_JAVASCRIPT = ("evaluateJavascript", "postWebMessage", "dispatchGesture", "performAction")
MOST_STORES = 2_000
"""Most calls that store something which are looked at in an app."""


class Stored(NamedTuple):
    """An answer that a call stores; `names`: of the store and the key, as far as they are known."""

    at: PlacedCall
    model: Model
    origin: Origin
    names: tuple[str, ...]


def downloads(scene: Scene) -> Iterator[Seen]:
    """Yield downloads without encryption or check, and code that is loaded from where others write."""
    stored = list(_stored(scene))
    checked = _checked(scene) if stored else frozenset()
    told: set[tuple[str, int, int, str]] = set()
    for each in stored:
        for seen in _download(scene, each, checked):
            key = (seen.kind, scene.terms[each.origin.term].pc, seen.definition, seen.subject)
            if key not in told:
                told.add(key)
                yield seen
    yield from _run(scene, frozenset(_files(stored)))


def _stored(scene: Scene) -> Iterator[Stored]:
    calls = modelled_calls(scene.ground, lambda model: model.sink in _STORING)
    scene.left_out += max(0, len(calls) - MOST_STORES)
    for call in calls[:MOST_STORES]:
        at = placed(scene.ground, call.definition, call.pc)
        scene.left_out += scene.spent
        if at is not None and not scene.spent:
            yield from _answers(scene, at, call)


def _answers(scene: Scene, at: PlacedCall, call: ModelledCall) -> Iterator[Stored]:
    values = given(at.body, at.call, call.model)
    for found in scene.pieces.carried(call.definition, values, (), call.model.sink):
        if found.origin.label in _SERVED:
            names = scene.recipients.of(at.body, at.call, call.model, (), ())
            yield Stored(at, call.model, found.origin, names)


def _checked(scene: Scene) -> frozenset[tuple[int, int]]:
    """Return the places of calls whose answers go into a digest, a signature or a code of authentication."""
    found: set[tuple[int, int]] = set()
    for owner, names in _CHECKING.items():
        for at in scene.called((owner,), names):
            for origin in scene.begins(scene.argument(at, 1)):
                own = scene.terms[origin.term]
                found |= {(own.definition, own.pc)} if origin.label in _SERVED else set()
    return frozenset(found)


def _download(scene: Scene, each: Stored, checked: frozenset[tuple[int, int]]) -> Iterator[Seen]:
    source = scene.terms[each.origin.term]
    addresses = tuple(dict.fromkeys(scene.recipients.addresses(each.origin.term)))
    plain = [address for address in addresses if address.lower().startswith("http://")]
    is_checked = (source.definition, source.pc) in checked
    told = "a digest or signature of it is made" if is_checked else "no digest or signature of it is made"
    done = ", ".join(operations(scene.evaluator, each.origin.way))
    where = f"stored as {', '.join(each.names) or name_of(each.at.call)}{f' after {done}' if done else ''}; {told}"
    for address in plain:
        yield scene.at("cleartext-download", each.at, address, where)
    if not is_checked:
        yield scene.at("unsigned-download", each.at, ", ".join(addresses) or "an address that is not known", where)


def _files(stored: list[Stored]) -> Iterator[str]:
    """Yield the last steps of the names of files that answers are stored as."""
    for each in stored:
        for name in each.names:
            kind, _, path = name.partition(":")
            if kind == "file" and path.strip("?/"):
                yield path.rpartition("/")[2]


def _run(scene: Scene, files: frozenset[str]) -> Iterator[Seen]:
    for call in modelled_calls(scene.ground, lambda model: model.sink in _RUNNING):
        at = placed(scene.ground, call.definition, call.pc)
        value = None if at is None else operand(at.call, call.model.sink_args[0] if call.model.sink_args else 1)
        if at is None or value is None or scene.spent or at.call.name.decode("utf-8", "replace") in _JAVASCRIPT:
            continue
        yield from _loaded(scene, at, scene.evaluator.term(call.definition, value), files)


def _loaded(scene: Scene, at: PlacedCall, term: int, files: frozenset[str]) -> Iterator[Seen]:
    below = [scene.terms[each] for each in scene.terms.below(scene.evaluator.text(term))]
    texts = [each.value for each in below if isinstance(each.value, str)]
    outside = [one for one in texts if one.startswith(_OUTSIDE)]
    outside += [each.name for each in below if any(f"->{name}(" in each.name for name in _OUTER)]
    begins = scene.begins(term)
    outside += [scene.terms[each.term].name for each in begins if each.label == "text.intent"]
    if outside:
        yield scene.at("loads-outside-code", at, name_of(at.call), f"from {', '.join(dict.fromkeys(outside))}")
    taken = [one for one in texts if one.rpartition("/")[2] in files and one.rpartition("/")[2]]
    served = [scene.terms[each.term].name for each in begins if each.label in _SERVED]
    if taken or served:
        yield scene.at(
            "loads-downloaded-code", at, name_of(at.call), f"from {', '.join(dict.fromkeys([*taken, *served]))}"
        )
