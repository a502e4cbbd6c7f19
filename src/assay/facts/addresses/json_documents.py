"""Addresses in JSON documents."""

from collections.abc import Iterator

from assay.artefacts.har import Har
from assay.artefacts.json import JsonDocument, escaped
from assay.facts.addresses.rows import limited, row, unfinished
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.addresses import Address


@analyser(
    question="Which network addresses are written in this JSON document?",
    reads=JsonDocument,
    emits=(Address,),
    blind_to=(*BLIND, "addresses inside a capture: its requests are transfers, its bodies artefacts of their own"),
)
def find_json_addresses(document: JsonDocument) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in texts and in keys."""
    if isinstance(document, Har):
        return
    texts = [*_values(document), *_keys(document)]
    yield from limited(
        row(written, str(InnerPlace("json", pointer)), "json")
        for pointer, text in texts
        for written in addresses_in(text, version="version" in pointer.rpartition("/")[2].casefold())
    )
    yield from unfinished(text for _, text in texts)


def _values(document: JsonDocument) -> Iterator[tuple[str, str]]:
    for pointer, value in document.leaves():
        if type(value) is str and ("." in value or ":" in value):
            yield pointer, value


def _keys(document: JsonDocument) -> Iterator[tuple[str, str]]:
    for pointer, members in document.objects():
        for key in members:
            if "." in key or ":" in key:
                yield f"{pointer}/{escaped(key)}", key
