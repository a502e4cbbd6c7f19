"""Planted values in what was sent, in any notation and behind wrappings. The value itself is never given out."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

import msgspec

from assay.artefacts.har import Har, entry_place
from assay.capture.leaves import peeled_leaves
from assay.encodings.peel import MAX_CUTS, MAX_PREFIX, MAX_WRAPPINGS, Peeled
from assay.encodings.percent import is_binary
from assay.model.coverage import NotFollowed
from assay.reference.planted import Found, PlantedValues
from assay.registry import analyser
from assay.vocabulary.traffic import PlantedHit

MIN_OPAQUE = 48
"""Fewest bytes of a value that is told as not undone: shorter ones are mostly digests."""
OPAQUE = f"values of {MIN_OPAQUE} bytes or more that no decoder undoes: encrypted, or in a form of their own"

_HEX = re.compile(rb"[0-9A-Fa-f]+")
_SORTS = (rb"[A-Z]", rb"[a-z]", rb"[0-9]")


class _Seen(msgspec.Struct, frozen=True):
    node: Peeled
    found: Found


class _Trace(msgspec.Struct, frozen=True):
    """Where a value stands that was found for sure, and what it looks like."""

    address: str
    chain: tuple[str, ...]
    inner: str
    prose: bool
    opaque: bool


@analyser(
    question="Which planted values do the requests carry, where, and in which form?",
    reads=Har,
    emits=PlantedHit,
    needs=("planted",),
    blind_to=(
        "bodies of answers: only what was sent is searched",
        "values encrypted by the app, salted before they were digested, or cut short",
        f"values below more than {MAX_WRAPPINGS} wrappings, or in wrappings that no decoder of the bench undoes",
        f"compressed bytes behind more than {MAX_PREFIX} others; base64 run together with other digits of its alphabet",
        f"a text with more than {MAX_CUTS} pieces that may be wrapped: the others are counted, not opened",
        "values put together on the server from parts sent in several requests",
        "short values inside a longer text: they count only where a leaf holds nothing else",
        "numbers run together with other digits, where the notation has no check digit",
        "positions as degrees and minutes, as integers or as geohash",
    ),
)
def find_planted_hits(har: Har, planted: PlantedValues) -> Iterator[PlantedHit | NotFollowed]:
    """Yield each value once for each address that holds it, behind the fewest wrappings."""
    lost: Counter[str] = Counter()
    for entry in har.entries:
        seen: list[_Seen] = []
        traces: list[_Trace] = []
        for node in peeled_leaves(entry.request):
            if isinstance(node, NotFollowed):
                lost[node.what] += node.count
            else:
                seen.extend(_Seen(_without_data(node), found) for found in planted.find(node.data))
                traces.extend([] if node.guess or node.piece else [_trace(node)])
        lost[OPAQUE] += _opaque(traces)
        yield from (_hit(entry.number, one, planted) for one in sorted(_distinct(_with_halves(seen)), key=_order))
    yield from (NotFollowed(what, count) for what, count in sorted(lost.items()) if count)


def _without_data(node: Peeled) -> Peeled:
    """Return the node as a place alone: the values of a request together may be larger than memory."""
    return msgspec.structs.replace(node, data=b"")


def _trace(node: Peeled) -> "_Trace":
    prose = node.chain[-1:] != ("form",) and _is_prose(node.data)
    return _Trace(node.address, node.chain, node.inner, prose, _is_opaque(node))


def _opaque(sure: list["_Trace"]) -> int:
    """Count the values of a request that are no text and hold nothing: neither a structure nor a wrapping."""
    opened = {outer for node in sure for outer in _outside(node.address)}
    unwrapped = {(node.address, node.chain[:-1]) for node in sure if node.chain}
    readings: dict[str, list[_Trace]] = {}
    for node in sure:
        if (node.address, node.chain) not in unwrapped:
            readings.setdefault(node.address, []).append(node)
    texts = {node.address for node in sure if node.prose}
    return sum(
        1
        for address, inside in readings.items()
        if address not in texts and all(node.opaque and node.inner not in opened for node in inside)
    )


def _outside(address: str) -> list[str]:
    """Return the addresses that an address lies in, from the outside in."""
    return list(accumulate(address.split("|"), lambda outer, inner: f"{outer}|{inner}"))[:-1]


def _is_prose(data: bytes) -> bool:
    """Say whether text has spaces or lacks capitals, small letters or digits, as wrapped bytes hardly ever do."""
    if _is_binary(data) or _HEX.fullmatch(data):
        return False
    return b" " in data or not all(re.search(sort, data) for sort in _SORTS)


def _is_opaque(node: Peeled) -> bool:
    return len(node.data) >= MIN_OPAQUE and _is_binary(node.data)


def _is_binary(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return is_binary(data)


def _hit(entry: int, seen: _Seen, planted: PlantedValues) -> PlantedHit:
    """Return the fact. Names in the address come from the evidence and could be a planted value themselves."""
    return PlantedHit(
        place=entry_place(entry),
        entry=entry,
        address=planted.veil(seen.node.address),
        kind=seen.found.kind,
        label=seen.found.label,
        form=seen.found.form,
        chain=seen.node.chain,
        bits=seen.found.bits,
    )


def _with_halves(seen: list[_Seen]) -> list[_Seen]:
    """Return what was seen; half a position counts only where its other half was seen too, with the bits of both."""
    most: dict[tuple[str, str], int] = {}
    for one in seen:
        key = (one.found.label, one.found.half)
        most[key] = max(most.get(key, 0), one.found.bits)
    return [whole for one in seen if (whole := _completed(one, most))]


def _completed(seen: _Seen, most: dict[tuple[str, str], int]) -> _Seen | None:
    found = seen.found
    if not found.half:
        return seen
    other = most.get((found.label, "longitude" if found.half == "latitude" else "latitude"))
    if other is None:
        return None
    form = f"{found.half}, {found.form}"
    return _Seen(seen.node, msgspec.structs.replace(found, form=form, bits=found.bits + other))


def _distinct(seen: list[_Seen]) -> Iterator[_Seen]:
    """Yield what was seen once for each value and place: in the innermost structure, never again in a cut piece."""
    best: dict[tuple[str, str, str, str], _Seen] = {}
    for one in seen:
        key = (one.found.label, one.found.kind, one.found.half, one.node.address)
        if key not in best or _order(one) < _order(best[key]):
            best[key] = one
    around = {(*key[:3], outer) for key, one in best.items() if not one.node.piece for outer in _outside(key[3])}
    for key, one in best.items():
        repeats = one.node.piece and any((*key[:3], outer) in best for outer in _outside(key[3]))
        if key not in around and not repeats:
            yield one


def _order(seen: _Seen) -> tuple[str, str, int, int, tuple[str, ...]]:
    """Sort by place; at one place a value as it was planted comes before one in another notation, then short chains."""
    notation = {"raw": 0, "other case": 1}.get(seen.found.form, 2)
    return (seen.node.address, seen.found.label, notation, len(seen.node.chain), seen.node.chain)
