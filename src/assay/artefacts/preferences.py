"""Shared preferences of an Android app: the file that keeps its settings and often what it has downloaded."""

from collections.abc import Iterator

import msgspec

from assay.artefacts.xml import XmlDocument, root_name
from assay.artefacts.xml_elements import Element
from assay.model.source import ByteSource
from assay.registry import reader

_BY_ATTRIBUTE = frozenset({"boolean", "int", "long", "float"})


class PreferenceEntry(msgspec.Struct, frozen=True):
    """One entry: key, type, value as written (of a set: its members in order), and where it stands."""

    name: str
    type: str
    value: str
    members: tuple[str, ...]
    path: str
    line: int


class SharedPreferences(XmlDocument):
    """The entries of a preferences file, in order."""

    def __init__(self, source: ByteSource) -> None:
        """Parse the document and read its entries. Raises: Unreadable."""
        super().__init__(source)
        self.entries: tuple[PreferenceEntry, ...] = tuple(self._entries())

    def _entries(self) -> Iterator[PreferenceEntry]:
        for element in self.root.children:
            entry = _entry(element)
            if entry is not None:
                yield entry
            elif element.name != "null":
                self._problem(f"line:{element.line}", f"<{element.name}> is no type of preference", "it was skipped",
                              "this entry was not examined")  # fmt: skip


def _entry(element: Element) -> PreferenceEntry | None:
    name = element.attributes.get("name", "")
    value, members = element.text, tuple[str, ...]()
    if element.name in _BY_ATTRIBUTE:
        value = element.attributes.get("value", "")
    elif element.name == "set":
        value, members = "", tuple(child.text for child in element.children if child.name == "string")
    elif element.name != "string":
        return None
    return PreferenceEntry(name, element.name, value, members, element.path, element.line)


def is_preferences(source: ByteSource) -> bool:
    """Say whether the first bytes begin an XML document whose root is `map`."""
    return root_name(source) == "map"


@reader(
    kind="preferences",
    gives=SharedPreferences,
    recognise=is_preferences,
    rank=80,
    blind_to=(
        "preferences kept in other stores (MMKV, DataStore, SQLite)",
        "preferences encrypted by the app",
    ),
    source="Android 14, com.android.internal.util.XmlUtils.writeMapXml; android.app.SharedPreferencesImpl",
)
def open_preferences(source: ByteSource) -> SharedPreferences:
    """Open a preferences file. Raises: Unreadable."""
    return SharedPreferences(source)
