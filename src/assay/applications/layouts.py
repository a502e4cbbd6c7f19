"""What the layouts of an app name in its code: methods that answer clicks, and classes of views and fragments.

Every binary XML document of the archives is read, whatever its name: tools that shrink resources rename layouts.
Source: Android API reference, android.view.LayoutInflater and android.R.attr.onClick.
"""

import re
from collections.abc import Iterator

from assay.applications.application import Application
from assay.artefacts.axml import BinaryXml, Element, is_axml
from assay.model.errors import Unreadable
from assay.registry import Member

ON_CLICK = 0x0101026F
"""The resource id of android:onClick."""
MOST_DOCUMENTS = 20_000
"""Most documents of one app that are read."""
MOST_BYTES = 1 << 20
"""Largest document that can be a layout; measured apps have none above 200 kB."""
MOST_NAMES = 100_000
"""Most names that are kept."""

_CLASS = re.compile(r"[^\W\d][\w$]*(\.[^\W\d][\w$]*)+")
_NOT_XML = re.compile(rb".*\.(dex|so|png|webp|jpe?g|gif|ogg|mp[34]|m4a|ttf|otf|arsc|json|js|html?|css|txt|RSA|SF|MF)",
                      re.IGNORECASE | re.DOTALL)  # fmt: skip


def layout_names(app: Application) -> frozenset[bytes] | None:
    """Return the names of methods and the descriptors of classes that layouts name.

    None where not all can be known: a document cannot be read, or there are more than the limits allow.
    """
    found: set[bytes] = set()
    read = 0
    try:
        for member in _documents(app):
            read += 1
            found.update(_named(member))
            if read > MOST_DOCUMENTS or len(found) > MOST_NAMES:
                return None
    except Unreadable:
        return None
    return frozenset(found)


def _documents(app: Application) -> Iterator[Member]:
    for archive in app.archives:
        for member in archive.document.members():
            named = member.name != b"AndroidManifest.xml" and not _NOT_XML.fullmatch(member.name)
            if named and 12 <= member.size <= MOST_BYTES:
                yield member


def _named(member: Member) -> Iterator[bytes]:
    """Yield what a document names, nothing where it is no binary XML. Raises: Unreadable."""
    source = member.open()
    if is_axml(source):
        for element in BinaryXml(source).elements():
            yield from _of(element)


def _of(element: Element) -> Iterator[bytes]:
    texts = [element.name]
    for each in element.attributes:
        text = each.value.string if each.value.string is not None else each.raw
        if text is not None and each.resource_id == ON_CLICK:
            yield text.encode("utf-8", "surrogatepass")
        texts += [] if text is None else [text]
    for text in texts:
        if _CLASS.fullmatch(text):
            yield f"L{text.replace('.', '/')};".encode("utf-8", "surrogatepass")
