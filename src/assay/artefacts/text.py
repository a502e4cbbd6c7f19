"""Plain text of any common encoding and newline: lines with the byte ranges they stand in."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from assay.artefacts.charsets import SAMPLE, Charset, charset_of
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.limits import MAX_TEXT_BYTES
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_WIDE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


class Line(msgspec.Struct, frozen=True):
    """One line without its newline: number from 1, offset and length in bytes from the start, text as found."""

    number: int
    offset: int
    length: int
    text: str

    @property
    def range(self) -> ByteRange:
        """The bytes of the line, newline not included."""
        return ByteRange(self.offset, self.length)


class TextDocument:
    """A text: its encoding as decided from the bytes, and its lines. Lines that do not decode stay bytes."""

    def __init__(self, source: ByteSource) -> None:
        """Decide the encoding. Raises: Unreadable for bytes that are no text, and for more than `MAX_TEXT_BYTES`."""
        if source.size > MAX_TEXT_BYTES:
            raise Unreadable(f"the text has {source.size} bytes, more than {MAX_TEXT_BYTES}")
        self._raw = source.view()
        self.charset = known_charset(self._raw)
        self._problems: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """Problems met so far; reading the lines may add to them."""
        return self._problems

    @property
    def encoding(self) -> str:
        """Name of the encoding; it says so where it is a guess."""
        return self.charset.name

    @cached_property
    def text(self) -> str:
        """The whole text, newlines as found; what does not decode becomes U+FFFD (in `lines` it stays bytes)."""
        body = bytes(self._raw[self.charset.mark :])
        try:
            return body.decode(self.charset.codec)
        except UnicodeDecodeError as error:
            self._problems.append(_damaged_units(self.encoding, self.charset.mark + error.start))
            return body.decode(self.charset.codec, "replace")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order; a newline at the end does not begin another one."""
        read = tuple(self._narrow() if self.charset.unit == 1 else self._wide())
        damaged = [line for line in read if found.is_bytes(line.text)]
        if damaged:
            self._problems.append(_damage(damaged, self.encoding))
        return read

    def _narrow(self) -> Iterator[Line]:
        codec, mark = self.charset.codec, self.charset.mark
        for number, match in enumerate(_LINE.finditer(self._raw, mark), start=1):
            if match.start() == match.end():
                break
            raw = match[0].rstrip(b"\r\n")
            yield Line(number, match.start(), len(raw), _as_found(raw, codec))

    def _wide(self) -> Iterator[Line]:
        codec, offset = self.charset.codec, self.charset.mark
        for number, match in enumerate(_WIDE_LINE.finditer(self.text), start=1):
            if match.start() == match.end():
                break
            line = match[0].rstrip("\r\n")
            length = len(line.encode(codec, "surrogatepass"))
            yield Line(number, offset, length, found.from_str(line))
            offset += length + (len(match[0]) - len(line)) * self.charset.unit


def known_charset(raw: memoryview) -> Charset:
    """Return the encoding of a text. Raises: Unreadable for bytes that are no text."""
    charset = charset_of(raw)
    if charset is None:
        raise Unreadable("the bytes are no text in any encoding that is known here")
    return charset


def _as_found(raw: bytes, codec: str) -> str:
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return found.from_bytes(raw)
    return found.from_str(text) if text.startswith("\ufdd0") else text


def _damage(damaged: list[Line], encoding: str) -> Problem:
    return Problem(
        place=str(damaged[0].range),
        what=f"{len(damaged)} lines are not valid {encoding}, the first one here",
        instead="their bytes were kept as they are",
        cost="what these lines say is not known",
    )


def _damaged_units(encoding: str, offset: int) -> Problem:
    return Problem(
        place=f"0x{offset:x}+0",
        what=f"from here on some bytes are not valid {encoding}",
        instead="they were read as U+FFFD where the whole text is looked at",
        cost="what they say is not known; byte ranges of lines behind them may be off in UTF-16 and UTF-32",
    )


def is_text(source: ByteSource) -> bool:
    """Say whether the first bytes are text in some encoding."""
    return charset_of(source.read(0, SAMPLE), cut=source.size > SAMPLE) is not None


@reader(
    kind="text",
    gives=TextDocument,
    recognise=is_text,
    rank=5,
    blind_to=(
        "encodings other than UTF-8, -16, -32, GB 18030, Big5, Shift JIS, EUC-JP, Korean, Windows 125x: a guess",
        "short texts in a legacy encoding, where two encodings are as plausible as each other",
        "UTF-16 without a byte order mark and without any ASCII character",
        "text that begins after binary data in the same file",
    ),
    source="Unicode 14.0, section 23.8; GB 18030-2005; Big5; JIS X 0208; KS X 1001; Windows code pages 1250–1254",
)
def open_text(source: ByteSource) -> TextDocument:
    """Open a text. Raises: Unreadable."""
    return TextDocument(source)
