"""What is written down of an address, within the limit of one artefact."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from assay.facts.addresses.written import Written, unfinished_in
from assay.model import text as found
from assay.model.coverage import NotFollowed
from assay.model.limits import MIB
from assay.vocabulary.addresses import Address

MAX_ADDRESSES = 50_000
"""Most addresses written down of one artefact."""


MAX_CHARACTERS = 128 * MIB
"""Most characters looked at in one artefact whose texts may be referred to many times."""

Place = TypeVar("Place")


def within_limit(texts: Iterable[tuple[Place, str]]) -> tuple[list[tuple[Place, str]], list[NotFollowed]]:
    """Return the texts in which an address may stand, up to `MAX_CHARACTERS` of all, and how many lie behind them."""
    kept: list[tuple[Place, str]] = []
    left, lost = MAX_CHARACTERS, 0
    for place, text in texts:
        left -= len(text)
        if left < 0:
            lost += 1
        elif "." in text or ":" in text:
            kept.append((place, text))
    return kept, [NotFollowed("texts beyond the limit of one artefact", lost)] if lost else []


def row(written: Written, place: str, carrier: str) -> Address:
    """Return the fact of an address at a printed place."""
    return Address(
        place=place,
        kind=written.kind,
        value=found.from_str(written.value),
        scheme=written.scheme,
        host=found.from_str(written.host),
        port=written.port,
        path=found.from_str(written.path),
        cleartext=written.cleartext,
        carrier=carrier,
    )


def limited(addresses: Iterable[Address]) -> Iterator[Address | NotFollowed]:
    """Yield each address once at a place, at most `MAX_ADDRESSES`; count the others."""
    distinct = dict.fromkeys(addresses)
    for number, address in enumerate(distinct):
        if number >= MAX_ADDRESSES:
            break
        yield address
    if len(distinct) > MAX_ADDRESSES:
        yield NotFollowed("addresses beyond the limit of one artefact", len(distinct) - MAX_ADDRESSES)


def unfinished(texts: Iterable[str]) -> Iterator[NotFollowed]:
    """Yield the count of URLs whose host is put in at run time, if there are any."""
    count = sum(map(unfinished_in, texts))
    if count:
        yield NotFollowed("URLs whose host is not written out", count)
