"""What is written down of a list: the list itself, each of its entries, and its size under every counting rule."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from assay.model import text as found
from assay.model import wordlist
from assay.model.ids import short
from assay.vocabulary.lists import Census, Term, TermList


class FoundList(msgspec.Struct, frozen=True, kw_only=True):
    """A list as an analyser found it: entries in order, printed place of the list and of each entry."""

    entries: Sequence[str]
    carrier: str
    shape: str
    place: str
    entry_place: Callable[[int], str]
    name: str = ""
    encoding: str = "utf-8"


def rows(found_list: FoundList) -> Iterator[TermList | Term | Census]:
    """Yield the rows of a list: `TermList`, `Term` in order, `Census` by rule and by script."""
    entries = [entry if found.is_bytes(entry) else found.from_str(entry) for entry in found_list.entries]
    normals = [wordlist.normal(entry) for entry in entries]
    identity = wordlist.identity_of_keys(normals)
    list_id = short("L", identity)
    scripts = [wordlist.script(entry) for entry in entries]
    yield TermList(
        place=found_list.place,
        list_id=list_id,
        identity=identity,
        entries=len(entries),
        unique=len({key for key in normals if key}),
        carrier=found_list.carrier,
        name=found.from_str(found_list.name),
        shape=found_list.shape,
        encoding=found_list.encoding,
    )
    for ordinal, entry in enumerate(entries):
        place = found_list.entry_place(ordinal)
        yield Term(
            place=place, list_id=list_id, ordinal=ordinal, text=entry, normal=normals[ordinal], script=scripts[ordinal]
        )
    yield from _census(found_list.place, list_id, entries, scripts)


def _census(place: str, list_id: str, entries: list[str], scripts: list[str]) -> Iterator[Census]:
    for rule, count in wordlist.COUNTING_RULES.items():
        yield Census(place=place, list_id=list_id, rule=rule, count=count(entries))
    counts = Counter(script for script, entry in zip(scripts, entries, strict=True) if entry.strip())
    for script in sorted(counts):
        yield Census(place=place, list_id=list_id, rule=f"script:{script}", count=counts[script])


def empty(place: str, name: str, encoding: str, carrier: str) -> TermList:
    """Return the row of a place for a list that holds none: what a list looks like once it has been emptied."""
    identity = wordlist.full_identity(())
    return TermList(
        place=place,
        list_id=short("L", identity),
        identity=identity,
        entries=0,
        unique=0,
        carrier=carrier,
        name=found.from_str(name),
        shape="",
        encoding=encoding,
    )
