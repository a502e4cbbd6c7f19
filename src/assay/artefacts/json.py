"""JSON documents, and runs of JSON documents one behind the other (JSON lines)."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from assay.artefacts.charsets import charset_of_markup
from assay.artefacts.json_rescue import Rescue, rescue
from assay.artefacts.json_scan import extent
from assay.artefacts.json_values import Duplicate, FloatText, integer, joined_pairs
from assay.model import limits
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAX_RESCUED_NODES = 1_000_000
"""Most values that are read from a damaged document."""
MAX_NAMED_DUPLICATES = 8
"""Most repeated keys that get a problem record of their own."""

MAX_POINTER_RATIO = 16
"""Most characters of all JSON pointers of a document, for each of its bytes, above `FREE_POINTER_CHARACTERS`."""
FREE_POINTER_CHARACTERS = 64 * limits.MIB

_SPACE = " \t\r\n"
_NO_PLAIN_TEXT = re.compile(r"\\u(?:[dD][89a-fA-F]|[fF][dD][dD]0)|\ufdd0")
"""Surrogates, and the sign that marks text kept as bytes (`assay.model.text`), written as themselves or escaped."""
_DAMAGED = " (damaged)"
_OPENING = 4096
_BEGINS = re.compile(
    r"""[ \t\r\n]* (?:
        \{ [ \t\r\n]* (?: ["}] | \Z )
      | \[ [ \t\r\n]* (?:
            ["\[{] | \Z
          | (?: -?[0-9][0-9.eE+-]* | true | false | null )? [ \t\r\n]* (?: , | \Z | \] [ \t\r\n]* (?: \Z | [\[{] ) )
        )
    )""",
    re.VERBOSE,
)
"""`[12:30] a log`, `[section]` and `[ro.build.id]: [X]` begin otherwise."""


class JsonDocument:
    """A JSON value: objects (dict), arrays (list), text (str), integers, `FloatText`, True, False, None.

    Text that is no Unicode is kept as found (`assay.model.text`). `lines` is true for several documents one behind
    the other: `value` is then the array of them.
    """

    def __init__(self, source: ByteSource) -> None:
        """Parse within limits. Raises: Unreadable where nothing can be read."""
        if source.size > limits.MAX_TEXT_BYTES:
            raise Unreadable(f"the document has {source.size} bytes, more than {limits.MAX_TEXT_BYTES} are parsed")
        self.lines = False
        self._problems: list[Problem] = []
        self._duplicates: list[Duplicate] = []
        text, self.encoding = self._decoded(source.view())
        self.value = self._parsed(text)
        if _NO_PLAIN_TEXT.search(text) or self.encoding.endswith(_DAMAGED):
            self.value = as_found(self.value)
        most = FREE_POINTER_CHARACTERS + MAX_POINTER_RATIO * source.size
        if pointer_characters(self.value, most) > most:
            raise Unreadable(f"long keys stand above so many values that their paths take more than {most} characters")
        self._problems.extend(map(_repeated, self._duplicates[:MAX_NAMED_DUPLICATES]))

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met while opening."""
        return self._problems

    @property
    def duplicates(self) -> Sequence[Duplicate]:
        """Keys that stand more than once in one object, with their first and last values."""
        return self._duplicates

    def nodes(self) -> Iterator[tuple[str, Any]]:
        """Yield (JSON pointer, value) of the whole document, then of everything inside it in order (RFC 6901)."""
        yield from walked(self.value)

    def arrays(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield (JSON pointer, array) of every array."""
        yield from ((pointer, value) for pointer, value in self.nodes() if isinstance(value, list))

    def objects(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (JSON pointer, object) of every object."""
        yield from ((pointer, value) for pointer, value in self.nodes() if isinstance(value, dict))

    def leaves(self) -> Iterator[tuple[str, Any]]:
        """Yield (JSON pointer, value) of everything that is neither array nor object."""
        yield from ((pointer, value) for pointer, value in self.nodes() if not isinstance(value, (list, dict)))

    def _decoded(self, raw: memoryview) -> tuple[str, str]:
        charset = charset_of_markup(raw)
        if charset is None:
            raise Unreadable("the bytes are no text")
        body = bytes(raw[charset.mark :])
        try:
            return body.decode(charset.codec), charset.name
        except UnicodeDecodeError as error:
            self._problems.append(_undecodable(charset.name, error))
            return body.decode("utf-8", "surrogateescape"), charset.name + _DAMAGED

    def _parsed(self, text: str) -> Any:  # noqa: ANN401 - a JSON value
        raw = memoryview(text.encode("utf-8", "surrogatepass"))
        depth, nodes = extent(raw)
        if nodes > limits.MAX_STRUCTURE_NODES:
            raise Unreadable(f"the document has {nodes} nodes, more than {limits.MAX_STRUCTURE_NODES} are read")
        if depth > limits.MAX_JSON_DEPTH:
            return self._rescued(text)
        try:
            return self._decoder().decode(text)
        except (json.JSONDecodeError, _NotInJson):
            self._duplicates.clear()
            return self._in_lines(text)

    def _decoder(self) -> json.JSONDecoder:
        return json.JSONDecoder(
            parse_float=FloatText,
            parse_int=integer,
            parse_constant=_refused,
            object_pairs_hook=lambda pairs: joined_pairs(pairs, self._duplicates),
        )

    def _in_lines(self, text: str) -> Any:  # noqa: ANN401 - a JSON value
        """Read documents that stand one behind the other; what breaks off is rescued."""
        decoder, at = self._decoder(), _behind_space(text, 0)
        values: list[Any] = []
        while at < len(text):
            noted = len(self._duplicates)
            try:
                value, at = decoder.raw_decode(text, at)
            except (json.JSONDecodeError, _NotInJson):
                del self._duplicates[noted:]
                return self._rescued(text, at, values)
            values.append(value)
            at = _behind_space(text, at)
        self.lines = True
        return values

    def _rescued(self, text: str, start: int = 0, before: Sequence[Any] = ()) -> Any:  # noqa: ANN401 - a JSON value
        reading = _attempt(text, _behind_space(text, start))
        if reading is None and not before:
            raise Unreadable(f"there is no JSON at character {start}")
        values = [*before] if reading is None else [*before, reading.value]
        self._duplicates.extend(() if reading is None else reading.duplicates)
        at, reason = (start, "no JSON stands here") if reading is None else (reading.end, reading.reason)
        self._problems.append(_broken(text, at, reason))
        self.lines = len(values) > 1
        return values if self.lines else values[0]


class _NotInJson(ValueError):
    """NaN or Infinity: other formats have them, JSON has not."""


def _refused(word: str) -> Any:  # noqa: ANN401 - never returns
    raise _NotInJson(word)


def _attempt(text: str, at: int) -> Rescue | None:
    try:
        return rescue(text, at, depth=limits.MAX_JSON_DEPTH, nodes=MAX_RESCUED_NODES)
    except ValueError:
        return None


def _behind_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _broken(text: str, at: int, reason: str) -> Problem:
    offset = len(text[:at].encode("utf-8", "surrogatepass"))
    return Problem(
        place=f"0x{offset:x}+0",
        what=f"not JSON from character {at} of {len(text)}: {reason or 'text follows the document'}",
        instead="everything before that place was read; arrays and objects begun there were closed there",
        cost="what follows was not examined",
    )


def _undecodable(encoding: str, error: UnicodeDecodeError) -> Problem:
    return Problem(
        place=f"0x{error.start:x}+{error.end - error.start}",
        what=f"these bytes are not valid {encoding}",
        instead="text that holds such bytes was kept as bytes",
        cost="what that text says is not known",
    )


def _repeated(duplicate: Duplicate) -> Problem:
    return Problem(
        place="",
        what=f"the key {found.show(found.from_str(duplicate.key))!r} stands more than once in one object",
        instead="its last value was used, as most parsers do; the first one is kept beside it",
        cost="software that uses the first value sees another document",
    )


def walked(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a JSON value
    """Yield (JSON pointer, value) of a value and of everything inside it, in order (RFC 6901)."""
    stack: list[tuple[str, str, Any]] = [("", "", value)]
    while stack:
        above, step, value = stack.pop()
        pointer = above + step
        yield pointer, value
        if isinstance(value, list):
            stack.extend((pointer, f"/{index}", value[index]) for index in range(len(value) - 1, -1, -1))
        elif isinstance(value, dict):
            stack.extend((pointer, f"/{escaped(key)}", value[key]) for key in reversed(value))


def pointer_characters(value: Any, most: int) -> int:  # noqa: ANN401 - a JSON value
    """Return how many characters the pointers to everything inside a value take, but for the last step of each.

    Counting ends beyond `most`.
    """
    total, waiting = 0, [(0, value)]
    while waiting and total <= most:
        length, value = waiting.pop()
        total += length * len(value) if isinstance(value, (list, dict)) else 0
        if isinstance(value, list):
            waiting.extend((length + 2, item) for item in value if isinstance(item, (list, dict)))
        elif isinstance(value, dict):
            inner = ((key, item) for key, item in value.items() if isinstance(item, (list, dict)))
            waiting.extend((length + len(key) + 1, item) for key, item in inner)
    return total


def escaped(key: str) -> str:
    """Return a key as a JSON pointer writes it (RFC 6901, section 3)."""
    return key.replace("~", "~0").replace("/", "~1")


def as_found(value: Any) -> Any:  # noqa: ANN401 - a JSON value
    """Return a value, nested at most `MAX_JSON_DEPTH`, with every text in a form that encodes as UTF-8."""
    if isinstance(value, FloatText):
        return value
    if isinstance(value, str):
        return _unicode(value)
    if isinstance(value, list):
        return [as_found(item) for item in value]
    if isinstance(value, dict):
        return {_unicode(key): as_found(item) for key, item in value.items()}
    return value


def _unicode(text: str) -> str:
    try:
        return found.from_bytes(text.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return found.from_str(text)


def is_json(source: ByteSource) -> bool:
    """Say whether the first bytes begin as an array or object does: a bracket, then a token that may stand there."""
    start = source.read(0, _OPENING)
    charset = charset_of_markup(start, cut=source.size > len(start))
    if charset is None:
        return False
    return _BEGINS.match(start[charset.mark :].decode(charset.codec, "ignore")) is not None


@reader(
    kind="json",
    gives=JsonDocument,
    recognise=is_json,
    rank=20,
    blind_to=(
        "a document that is a bare string, number or word",
        "dialects with comments, single quotes or keys without quotes, from the first such place on",
        f"everything behind {MAX_RESCUED_NODES} values of a damaged document",
        "positions in bytes: places inside are JSON pointers",
        "the first value of a key that stands more than once in one object",
    ),
    source="RFC 8259; RFC 6901 for places; RFC 7464 and JSON lines for runs of documents",
)
def open_json(source: ByteSource) -> JsonDocument:
    """Open a JSON document. Raises: Unreadable."""
    return JsonDocument(source)
