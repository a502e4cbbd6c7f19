"""Lists inside a JSON value: arrays of text, arrays of objects with one text field, keys of an object, joined text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assay.artefacts.json import walked
from assay.facts.term_lists.joined import split_joined
from assay.facts.term_lists.shape import MIN_ENTRIES, kind, list_shape

MIN_KEYS = 20
"""Fewest keys of an object whose keys are a list, where they are plain words; `MIN_ENTRIES` for other shapes."""
MAX_FEW_FIELDS = 2
"""Most fields of objects whose one text field is a list whatever it is called."""
MAX_ROWS = 16
"""Most lists that are items of one array; more are the rows of a table."""
MAX_CATEGORIES = 0.3
"""Share of distinct values up to which a field is a category and not an entry."""

TECHNICAL_KEYS = frozenset(
    "required enum type types permissions features dependencies files include exclude extensions locales languages"
    " columns fields scopes scripts plugins presets engines os cpu contributors authors sources sourcescontent names"
    " imports exports methods abis headers properties order formats mimetypes schemes fonts styles classes"
    " default defaults enumcaseinsensitive functions extras classifiers anyof allof oneof tests".split()
)
"""Keys under which software describes itself; arrays under them are not taken for lists."""
TERM_FIELDS = frozenset(
    "word words keyword keywords key_word term terms phrase phrases text value entry content pattern host hostname"
    " domain url link site package packagename package_name pkg query hash digest md5 sha1 sha256 number phone brand"
    " tag name title".split()
)
"""Fields of objects, and columns, that may hold an entry."""

_PACKAGE_KEYS = frozenset({"license", "dependencies", "devDependencies", "main", "repository"})
_INDEX = re.compile(r"0|[1-9][0-9]*")


class Inside(NamedTuple):
    """A list inside a JSON value: pointer, entries in order, form (array, objects, keys, string), pointer tails."""

    pointer: str
    entries: Sequence[str]
    form: str
    shape: str
    tails: Sequence[str] | None = None

    def tail(self, ordinal: int) -> str:
        """Return what leads from the pointer to an entry."""
        if self.form == "string":
            return ""
        return f"/{ordinal}" if self.tails is None else self.tails[ordinal]

    @property
    def name(self) -> str:
        """The key that holds the list, empty where there is none."""
        return key_of(self.pointer)


def key_of(pointer: str) -> str:
    """Return the last step of a pointer that is a key and not a position."""
    for step in reversed(pointer.split("/")[1:]):
        if not _INDEX.fullmatch(step):
            return step.replace("~1", "/").replace("~0", "~")
    return ""


def lists_inside(value: Any) -> Iterator[Inside]:  # noqa: ANN401 - a JSON value
    """Yield every list inside a JSON value, in the order of the document; rows of a table of texts are none."""
    found = [inside for inside in _candidates(value) if not (inside.pointer == "/keywords" and _is_package(value))]
    rows = Counter(_table(inside.pointer) for inside in found)
    yield from (inside for inside in found if not _table(inside.pointer) or rows[_table(inside.pointer)] <= MAX_ROWS)


def _table(pointer: str) -> str:
    """Return the array that holds a list as one of its items, empty where no array does."""
    parent, _, step = pointer.rpartition("/")
    return f"{parent}/*" if _INDEX.fullmatch(step) else ""


def _is_package(value: Any) -> bool:  # noqa: ANN401 - a JSON value
    """Say whether a document describes a software package: its keywords are for search engines."""
    return isinstance(value, dict) and {"name", "version"} <= set(value) and bool(_PACKAGE_KEYS & set(value))


def _candidates(value: Any) -> Iterator[Inside]:  # noqa: ANN401 - a JSON value
    for pointer, node in walked(value):
        if isinstance(node, list):
            yield from _of_array(pointer, node)
        elif isinstance(node, dict):
            yield from _of_object(pointer, node)
        elif type(node) is str:
            yield from _of_text(pointer, node)


def _of_array(pointer: str, items: list[Any]) -> Iterator[Inside]:
    if len(items) < MIN_ENTRIES or key_of(pointer).casefold() in TECHNICAL_KEYS:
        return
    entries = _scalars(items)
    if entries is not None:
        yield from _judged(Inside(pointer, entries, "array", ""))
    elif all(isinstance(item, dict) for item in items):
        yield from _of_records(pointer, items)


def _judged(inside: Inside) -> Iterator[Inside]:
    shape = list_shape(inside.entries)
    if shape is not None:
        yield inside._replace(shape=shape)


def _scalars(items: Sequence[Any]) -> list[str] | None:
    """Return text and integers as text, None where anything else is among them or text is the smaller part."""
    texts = sum(1 for item in items if type(item) is str)
    if 2 * texts < len(items) or any(type(item) not in {str, int} for item in items):
        return None
    return [str(item) for item in items]


def _of_records(pointer: str, records: list[dict[str, Any]]) -> Iterator[Inside]:
    fields = [field for field in records[0] if _is_text_field(records, field)]
    if len(fields) != 1:
        return
    field = fields[0]
    if len(_fields(records)) <= MAX_FEW_FIELDS or field.casefold() in TERM_FIELDS:
        tail = "/" + field.replace("~", "~0").replace("/", "~1")
        tails = [f"/{index}{tail}" for index in range(len(records))]
        yield from _judged(Inside(pointer, [record[field] for record in records], "objects", "", tails))


def _fields(records: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(field for record in records for field in record))


def _is_text_field(records: list[dict[str, Any]], field: str) -> bool:
    """Say whether every record has the field as text, and its values are neither categories nor numbers or dates."""
    if not all(type(record.get(field)) is str for record in records):
        return False
    texts = [record[field] for record in records]
    if len(set(texts)) <= MAX_CATEGORIES * len(texts):
        return False
    odd = sum(1 for text in texts if kind(text.strip()) == "odd")
    return 2 * odd < len(texts)


def _of_object(pointer: str, members: Mapping[str, Any]) -> Iterator[Inside]:
    if len(members) < MIN_ENTRIES or key_of(pointer).casefold() in TECHNICAL_KEYS:
        return
    if all(map(_INDEX.fullmatch, members)):
        entries = _scalars(list(members.values()))
        if entries is not None:
            yield from _judged(Inside(pointer, entries, "array", "", [f"/{key}" for key in members]))
    elif _says_no_more(list(members.values())):
        yield from _of_keys(pointer, list(members))


def _says_no_more(values: Sequence[Any]) -> bool:
    """Say whether the values only mark or weigh their keys: all alike, or all integers."""
    if all(type(value) is int for value in values):
        return True
    first = values[0]
    return (first is None or type(first) in {bool, str}) and all(type(v) is type(first) and v == first for v in values)


def _of_keys(pointer: str, keys: list[str]) -> Iterator[Inside]:
    shape = list_shape(keys)
    plain = sum(1 for key in keys if key.isascii() and kind(key) == "words")
    if shape is not None and (2 * plain < len(keys) or len(keys) >= MIN_KEYS):
        tails = ["/" + key.replace("~", "~0").replace("/", "~1") for key in keys]
        yield Inside(pointer, keys, "keys", shape, tails)


def _of_text(pointer: str, text: str) -> Iterator[Inside]:
    parts = split_joined(text)
    if parts is not None and key_of(pointer).casefold() not in TECHNICAL_KEYS | {"pattern", "regex"}:
        yield Inside(pointer, *parts)
