"""Which character encoding a run of bytes is written in, decided from the bytes alone.

Order: byte order mark (Unicode 14.0, section 23.8) · NUL bytes in every second place (UTF-16) · valid UTF-8 ·
legacy encodings of East Asia and Windows by validity and plausibility. A legacy encoding is chosen when nearly all
of its characters are common ones and no other encoding comes near; otherwise latin is named, as a guess.
"""

import codecs
import re
from collections.abc import Iterator

import msgspec

from assay.artefacts.charset_plausibility import MULTI_BYTE, SINGLE_BYTE, plausibility
from assay.model.characters import is_printable
from assay.model.ids import Buffer

SAMPLE = 64 * 1024
"""Bytes that decide, at the start and again from the first byte above 0x7f."""
GUESS = "iso-8859-1 (guess)"
"""The name under which bytes are read when no encoding is plausible: every byte is one character."""

MIN_PLAUSIBLE = 1.0
"""Least score of a legacy encoding (`plausibility`): every character above 0x7f is a common one, or nearly all are
and some of them are among the most frequent."""
MIN_GUESSED = 0.6
"""Least score of a legacy encoding that is taken as a guess, and says so."""
MIN_LEAD = 0.08
"""Least lead over the next best encoding."""
MIN_LEAD_OF_BYTES = 0.25
"""The same of an encoding of one byte a character: any bytes are valid in it."""
MAX_CONTROLS = 0.002
"""Largest share of control characters in a text."""
MAX_DAMAGE = 0.05
"""Largest share of damaged sequences among those above 0x7f for which damaged UTF-8 is still UTF-8."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\x1b"))
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Charset(msgspec.Struct, frozen=True):
    """An encoding by name, the codec that reads it, and the length of the byte order mark in bytes."""

    name: str
    codec: str
    mark: int = 0

    @property
    def unit(self) -> int:
        """Bytes of a code unit: 1, 2 or 4."""
        return {"utf-16": 2, "utf-32": 4}.get(self.codec[:6], 1)


def charset_of(raw: Buffer, *, cut: bool = False) -> Charset | None:
    """Return the encoding of `raw`; None where the bytes are no text. Looks at two samples of `SAMPLE` bytes.

    `cut`: more bytes follow behind `raw`, so that its last character may be incomplete.
    """
    start = bytes(raw[:SAMPLE])
    if marked := _marked(start):
        return marked
    if b"\0" in start:
        return _utf16(start, whole=not cut and len(raw) <= SAMPLE)
    if not start or _controls(start) > MAX_CONTROLS:
        return None
    sample, whole = _telling_sample(raw, start)
    return _unmarked(sample, whole=whole and not cut)


def charset_of_markup(raw: Buffer, *, cut: bool = False) -> Charset | None:
    """Return the encoding of what begins as JSON or XML does: as `charset_of`, but control characters do not matter."""
    charset = charset_of(raw, cut=cut)
    if charset is None and decoded(bytes(raw[:SAMPLE]), "utf-8", whole=not cut and len(raw) <= SAMPLE):
        return None if b"\0" in bytes(raw[:SAMPLE]) else Charset("utf-8", "utf-8")
    return charset


def _marked(start: bytes) -> Charset | None:
    for mark, name in _BOMS:
        if start.startswith(mark):
            return Charset(name, name, len(mark))
    return None


def _controls(sample: bytes) -> float:
    return (len(sample) - len(sample.translate(None, _CONTROLS))) / len(sample)


def _telling_sample(raw: Buffer, start: bytes) -> tuple[bytes, bool]:
    """Return a sample that holds bytes above 0x7f, if there are any, and whether it ends with the file."""
    if _HIGH.search(start) or len(raw) <= SAMPLE:
        return start, len(raw) <= SAMPLE
    first = _HIGH.search(raw)
    if first is None:
        return start, False
    return bytes(raw[first.start() : first.start() + SAMPLE]), first.start() + SAMPLE >= len(raw)


def _unmarked(sample: bytes, *, whole: bool) -> Charset | None:
    if decoded(sample, "utf-8", whole=whole) is not None or _damaged_utf8(sample):
        return Charset("utf-8", "utf-8")
    (best, codec), (second, _) = sorted([*_scores(sample, whole=whole), (0.0, ""), (0.0, "")], reverse=True)[:2]
    ahead = best - second >= (MIN_LEAD if codec in MULTI_BYTE else MIN_LEAD_OF_BYTES)
    if ahead and best >= MIN_PLAUSIBLE:
        return Charset(codec, codec)
    if _latin_like(sample) and not (ahead and best >= MIN_GUESSED):
        return Charset(GUESS, "iso-8859-1")
    return Charset(f"{codec} (guess)", codec) if best >= MIN_GUESSED else None


def _damaged_utf8(sample: bytes) -> bool:
    good = len(_UTF8_SEQUENCE.findall(sample))
    bad = len(_HIGH.findall(_UTF8_SEQUENCE.sub(b"", sample)))
    return good >= 8 and bad <= MAX_DAMAGE * good


def _scores(sample: bytes, *, whole: bool) -> Iterator[tuple[float, str]]:
    for codec in (*MULTI_BYTE, *SINGLE_BYTE):
        text = decoded(sample, codec, whole=whole)
        if text is not None:
            yield plausibility(text, codec), codec


def decoded(sample: bytes, codec: str, *, whole: bool) -> str | None:
    """Return the text of a sample, None where it is not valid; a cut character counts only at the end of a whole."""
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(sample, final=whole)
    except UnicodeDecodeError:
        return None


def _latin_like(sample: bytes) -> bool:
    """Say whether the sample may be text: plain characters prevail, or it looks like a legacy encoding."""
    plain = sum(1 for byte in sample if 0x20 <= byte < 0x7F or byte in b"\t\r\n\f")
    c1 = sum(1 for byte in sample if 0x80 <= byte < 0xA0)
    return plain >= 0.7 * len(sample) or (5 * c1 <= len(sample) and 3 * plain >= len(sample))


def _utf16(start: bytes, *, whole: bool) -> Charset | None:
    pairs = len(start) // 2
    if not pairs or (whole and len(start) % 2):
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > 0.01 * pairs or max(even, odd) == 0:
        return None
    text = decoded(start, codec, whole=whole)
    return Charset(codec, codec) if text and _ordinary(text) else None


def _ordinary(text: str) -> bool:
    """Say whether nearly every character is printable or white space: UTF-16 without a mark is believed only then."""
    return sum(1 for char in text if is_printable(char) or char in "\t\r\n\f") >= 0.99 * len(text)
