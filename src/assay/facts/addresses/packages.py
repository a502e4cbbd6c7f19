"""Addresses in the string resources of a package, and in its binary XML (manifest, network security, layouts)."""

from collections.abc import Iterator
from itertools import chain

from assay.artefacts.apk import Apk
from assay.artefacts.axml import BinaryXml, Element
from assay.facts.addresses.rows import limited, row, unfinished, within_limit
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange, InnerPlace
from assay.registry import analyser
from assay.vocabulary.addresses import Address


@analyser(
    question="Which network addresses are written in the string resources of this package?",
    reads=Apk,
    emits=(Address,),
    blind_to=(*BLIND, "resources in split packages that are not in this file"),
)
def find_resource_addresses(apk: Apk) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in strings and string arrays of every configuration."""
    texts, lost = within_limit(chain(_strings(apk), _array_entries(apk)))
    yield from limited(
        row(written, str(InnerPlace("resource", f"0x{number:08x}/{where}")), "resource")
        for (number, where), text in texts
        for written in addresses_in(text)
    )
    yield from unfinished(text for _, text in texts)
    yield from lost


def _strings(apk: Apk) -> Iterator[tuple[tuple[int, str], str]]:
    for resource_id, _, configuration, text in apk.resource_strings():
        yield (resource_id, configuration), text


def _array_entries(apk: Apk) -> Iterator[tuple[tuple[int, str], str]]:
    for array in apk.string_arrays():
        for ordinal, text in enumerate(array.entries):
            yield (array.resource_id, f"{array.configuration}/{ordinal}"), text


@analyser(
    question="Which network addresses are written in this binary XML?",
    reads=BinaryXml,
    emits=(Address,),
    blind_to=(*BLIND, "values that are references to resources: the addresses stand there"),
)
def find_binary_xml_addresses(document: BinaryXml) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in attributes and text; the manifest is a carrier of its own."""
    carrier = "manifest" if any(element.name == "manifest" for element in document.elements()) else "resource"
    texts, lost = within_limit(pair for element in document.elements() for pair in _texts(element))
    yield from limited(row(written, place, carrier) for place, text in texts for written in addresses_in(text))
    yield from unfinished(text for _, text in texts)
    yield from lost


def _texts(element: Element) -> Iterator[tuple[str, str]]:
    place = str(ByteRange(element.offset, element.length))
    for attribute in element.attributes:
        text = attribute.raw if attribute.raw is not None else attribute.value.string
        if text:
            yield place, text
    yield from ((place, text) for text in element.text)
