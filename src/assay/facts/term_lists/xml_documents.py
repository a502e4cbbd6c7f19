"""Lists in XML documents: elements of one name whose text, or whose one telling attribute, is an entry each."""

from collections.abc import Iterator, Sequence

from assay.artefacts.preferences import SharedPreferences
from assay.artefacts.xml import XmlDocument
from assay.artefacts.xml_elements import Element
from assay.facts.term_lists.json_values import MAX_CATEGORIES, TERM_FIELDS
from assay.facts.term_lists.rows import FoundList, rows
from assay.facts.term_lists.shape import kind, list_shape
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.lists import Census, Term, TermList

MIN_ELEMENTS = 12
"""Fewest elements of a list: shorter runs are mostly names of units and forms, as libraries for calendars have."""
MAX_TELLING_ATTRIBUTES = 2
"""Most attributes of elements of which one attribute is an entry."""
KEYS = frozenset({"name", "id", "key", "android:name", "android:id", "xml:id", "xml:lang", "lang", "locale"})
"""Attributes that say what a text stands for or in which language: such elements are messages of an interface."""


@analyser(
    question="Which lists of terms does this XML document carry, and how large is each?",
    reads=XmlDocument,
    emits=(TermList, Term, Census),
    blind_to=(
        f"lists of fewer than {MIN_ELEMENTS} elements",
        "lists whose elements carry names, ids or languages of their own, as messages of an interface do",
        "lists spread over elements with several texts each",
        "lists whose entries look like names in code, sentences or codes, and lists of single characters",
    ),
)
def find_xml_lists(document: XmlDocument) -> Iterator[TermList | Term | Census]:
    """Yield the lists of an XML document that is not a preferences file."""
    if isinstance(document, SharedPreferences):
        return
    for elements in _groups(document):
        yield from _list_of(elements, document.encoding)


def _groups(document: XmlDocument) -> Iterator[Sequence[Element]]:
    """Yield runs of elements of one name: below one parent, or one below each of many parents of one name."""
    groups: dict[object, list[Element]] = {}
    for element in document.elements():
        if element.parent is not None:
            alone = sum(1 for child in element.parent.children[:64] if child.name == element.name) == 1
            owner = element.parent.parent if alone and element.parent.parent is not None else element.parent
            groups.setdefault((id(owner), element.parent.name, element.name), []).append(element)
    yield from (group for group in groups.values() if len(group) >= MIN_ELEMENTS)


def _list_of(elements: Sequence[Element], encoding: str) -> Iterator[TermList | Term | Census]:
    texts = [element.text for element in elements]
    if any(text.strip() for text in texts):
        if not _has_other_texts(elements) and not any(
            set(element.attributes) & KEYS or element.children for element in elements
        ):
            yield from _judged(elements, texts, "xml-elements", encoding)
        return
    for attribute in _telling(elements):
        values = [element.attributes[attribute] for element in elements]
        yield from _judged(elements, values, "xml-attributes", encoding)


def _has_other_texts(elements: Sequence[Element]) -> bool:
    """Say whether the elements stand in records that hold texts of their own beside them, and not only categories."""
    parents = {id(element.parent): element.parent for element in elements if element.parent is not None}
    if len(parents) == 1:
        return False
    texts: dict[str, list[str]] = {}
    for child in (child for parent in parents.values() for child in parent.children):
        if child.name != elements[0].name and kind(child.text.strip()) not in {"odd", "figures"}:
            texts.setdefault(child.name, []).append(child.text)
    return any(
        2 * len(found) > len(parents) and len(set(found)) > MAX_CATEGORIES * len(found) for found in texts.values()
    )


def _telling(elements: Sequence[Element]) -> list[str]:
    """Return the attribute that holds the entries, where every element has it and few others."""
    common = [name for name in elements[0].attributes if all(name in element.attributes for element in elements)]
    if any(len(element.attributes) > MAX_TELLING_ATTRIBUTES for element in elements):
        return []
    alone = all(len(element.attributes) == 1 for element in elements)
    return [name for name in common if _tells(name.rpartition(":")[2].casefold(), alone=alone)][:1]


def _tells(attribute: str, *, alone: bool) -> bool:
    """Say whether an attribute holds an entry; a name or title does only where there is nothing that it names."""
    return attribute in TERM_FIELDS and (alone or attribute not in {"name", "title", "tag", "value"})


def _judged(
    elements: Sequence[Element], entries: list[str], carrier: str, encoding: str
) -> Iterator[TermList | Term | Census]:
    shape = list_shape(entries)
    parent = elements[0].parent
    if shape is not None and parent is not None:
        yield from rows(
            FoundList(
                entries=entries,
                carrier=carrier,
                shape=shape,
                place=str(InnerPlace("xpath", parent.path)),
                entry_place=lambda ordinal: str(InnerPlace("xpath", elements[ordinal].path)),
                name=parent.attributes.get("name", parent.name),
                encoding=encoding,
            )
        )
