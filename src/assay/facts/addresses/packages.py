"""Addresses in the string resources of a package, and in its binary XML (manifest, network security, layouts)."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.axml import BinaryXml, Element
from assay.facts.addresses.rows import limited, row, unfinished
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
    texts = [*_strings(apk), *_array_entries(apk)]
    yield from limited(row(written, place, "resource") for place, text in texts for written in addresses_in(text))
    yield from unfinished(text for _, text in texts)


def _strings(apk: Apk) -> Iterator[tuple[str, str]]:
    for resource_id, _, configuration, text in apk.resource_strings():
        if "." in text or ":" in text:
            yield str(InnerPlace("resource", f"0x{resource_id:08x}/{configuration}")), text


def _array_entries(apk: Apk) -> Iterator[tuple[str, str]]:
    for array in apk.string_arrays():
        for ordinal, text in enumerate(array.entries):
            if "." in text or ":" in text:
                place = InnerPlace("resource", f"0x{array.resource_id:08x}/{array.configuration}/{ordinal}")
                yield str(place), text


@analyser(
    question="Which network addresses are written in this binary XML?",
    reads=BinaryXml,
    emits=(Address,),
    blind_to=(*BLIND, "values that are references to resources: the addresses stand there"),
)
def find_binary_xml_addresses(document: BinaryXml) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in attributes and text; the manifest is a carrier of its own."""
    carrier = "manifest" if any(element.name == "manifest" for element in document.elements()) else "resource"
    texts = [pair for element in document.elements() for pair in _texts(element)]
    yield from limited(row(written, place, carrier) for place, text in texts for written in addresses_in(text))
    yield from unfinished(text for _, text in texts)


def _texts(element: Element) -> Iterator[tuple[str, str]]:
    place = str(ByteRange(element.offset, element.length))
    for attribute in element.attributes:
        text = attribute.raw if attribute.raw is not None else attribute.value.string
        if text:
            yield place, text
    yield from ((place, text) for text in element.text)
