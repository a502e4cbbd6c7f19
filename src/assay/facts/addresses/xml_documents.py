"""Addresses in XML documents and in shared preferences."""

from collections.abc import Iterator

from assay.artefacts.preferences import SharedPreferences
from assay.artefacts.xml import XmlDocument
from assay.artefacts.xml_elements import Element
from assay.facts.addresses.rows import limited, row, unfinished
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.addresses import Address


@analyser(
    question="Which network addresses are written in this XML document?",
    reads=XmlDocument,
    emits=(Address,),
    blind_to=(*BLIND, "addresses in comments and processing instructions"),
)
def find_xml_addresses(document: XmlDocument) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in texts and attributes, at the path of the element."""
    carrier = "preferences" if isinstance(document, SharedPreferences) else "xml"
    texts = [(element, text) for element in document.elements() for text in _texts(element)]
    yield from limited(
        row(written, str(InnerPlace("xpath", element.path)), carrier)
        for element, text in texts
        for written in addresses_in(text)
    )
    yield from unfinished(text for _, text in texts)


def _texts(element: Element) -> Iterator[str]:
    for name, value in element.attributes.items():
        if name != "xmlns" and not name.startswith("xmlns:"):
            yield value
    yield element.text
