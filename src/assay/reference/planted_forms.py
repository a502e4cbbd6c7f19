"""The notations in which a planted value may be written, by its kind.

A form is bytes to search for. ASCII letters are compared without regard to case, so forms differ by more than that.
Sources: 3GPP TS 23.003, section 6.2 and annex B (IMEI) · ITU-T E.164 (numbers, calling codes) · RFC 9562, section 4
(UUID) · UAX #15 (normal forms).
"""

import hashlib
import math
import re
import unicodedata
from collections.abc import Callable, Iterator

import msgspec

WHOLE_BELOW_BITS = 32
"""A form that carries less information is found only where a leaf holds nothing else."""


class Spelling(msgspec.Struct, frozen=True):
    """One way to write a value, with the characters that may not stand before and behind it.

    `alone`: it counts only as a whole leaf, whatever information it carries.
    """

    name: str
    text: str
    before: bytes = b""
    behind: bytes = b""
    alone: bool = False


class Form(msgspec.Struct, frozen=True):
    """Bytes to search for, in lower case. `bits`: information in them; `whole`: only as a whole leaf."""

    name: str
    pattern: bytes
    bits: int
    whole: bool
    before: bytes = b""
    behind: bytes = b""


class Notation(msgspec.Struct, frozen=True):
    """A kind of value: what it looks like, how it is spelt, and the bits of information in a spelling."""

    looks_like: re.Pattern[str]
    example: str
    spell: Callable[[str], Iterator[Spelling]]
    bits: Callable[[str], int]


_DIGIT = b"0123456789"
_ALNUM = b"0123456789abcdefghijklmnopqrstuvwxyz"


def forms(kind: str, value: str) -> Iterator[Form]:
    """Yield every form of a value of a known kind: its spellings in the usual character sets, and their digests."""
    notation = NOTATIONS[kind]
    for spelling in notation.spell(value):
        bits = notation.bits(spelling.text)
        yield from _written(spelling, bits)
        yield from _digested(spelling, bits)


def _written(spelling: Spelling, bits: int) -> Iterator[Form]:
    whole = spelling.alone or bits < WHOLE_BELOW_BITS
    raw = spelling.text.encode()
    yield Form(spelling.name, raw.lower(), bits, whole, spelling.before, spelling.behind)
    charsets = ("utf-16-le", "utf-16-be") if raw.isascii() else ("utf-16-le", "utf-16-be", "gb18030")
    for charset in charsets:
        yield Form(f"{spelling.name}, {charset}", spelling.text.encode(charset).lower(), bits, whole)


_DIGESTS = ("md5", "sha1", "sha256")


def _digested(spelling: Spelling, bits: int) -> Iterator[Form]:
    """Yield unsalted digests of a spelling as found, in lower and in upper case; as hex digits and as bytes."""
    for text in dict.fromkeys((spelling.text, spelling.text.lower(), spelling.text.upper())):
        for algorithm in _DIGESTS:
            digest = hashlib.new(algorithm, text.encode(), usedforsecurity=False)
            yield Form(f"{algorithm}, {spelling.name}", digest.hexdigest().encode(), bits, whole=False)
            yield Form(f"{algorithm}, {spelling.name}", digest.digest().lower(), bits, whole=False)


def luhn(digits: str) -> str:
    """Return the check digit that belongs behind `digits` (3GPP TS 23.003, annex B.2)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def _digits(value: str) -> str:
    return "".join(char for char in value if char in "0123456789")


def _hex(value: str) -> str:
    return re.sub(r"[^0-9a-f]", "", value.lower())


def _imei(value: str) -> Iterator[Spelling]:
    """Yield 15 digits with and without grouping, 14 without the check digit, 16 with any software version."""
    body = _digits(value)[:14]
    yield Spelling("with check digit", body + luhn(body))
    yield Spelling("as given", _digits(value), _DIGIT, _DIGIT)
    yield Spelling("without check digit", body, _DIGIT, _DIGIT)
    for version in range(100):
        yield Spelling("with software version", f"{body}{version:02}", _DIGIT, _DIGIT)
    for between in " -./":
        for cuts in ((2, 8), (8,), (6, 8)):
            starts = (0, *cuts)
            groups = (body[start:end] for start, end in zip(starts, (*cuts, 14), strict=True))
            yield Spelling("grouped", between.join(groups))


_TWO_DIGIT_CODES = re.compile(r"2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")


def calling_code(digits: str) -> str:
    """Return the country calling code that an international number begins with (ITU-T E.164, annex list)."""
    if digits[:1] in {"1", "7"}:
        return digits[:1]
    return digits[:2] if _TWO_DIGIT_CODES.match(digits) else digits[:3]


def _phone(value: str) -> Iterator[Spelling]:
    digits = _digits(value)
    national = digits[len(calling_code(digits)) :]
    yield Spelling("international", digits, _DIGIT, _DIGIT)
    yield Spelling("international with 00", "00" + digits, _DIGIT, _DIGIT)
    yield Spelling("as given", value, b"", _DIGIT)
    yield Spelling("national", national, alone=True)
    for trunk in "08":
        yield Spelling("national with trunk prefix", trunk + national, _DIGIT, _DIGIT)


def _uuid(value: str) -> Iterator[Spelling]:
    digits = _hex(value)
    yield Spelling("dashed", "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))
    yield Spelling("undashed", digits)


def _mac(value: str) -> Iterator[Spelling]:
    digits = _hex(value)
    for between in ":-":
        yield Spelling("grouped", between.join(re.findall("..", digits)))
    yield Spelling("grouped", ".".join(re.findall("....", digits)))
    yield Spelling("ungrouped", digits)


def _hex_number(value: str) -> Iterator[Spelling]:
    yield Spelling("digits", _hex(value))


def _number(value: str) -> Iterator[Spelling]:
    yield Spelling("digits", _digits(value))


def _text(value: str) -> Iterator[Spelling]:
    for normal in ("NFC", "NFD"):
        text = unicodedata.normalize(normal, value)
        for written in dict.fromkeys((text, text.lower(), text.upper())):
            yield Spelling("text", written, _ALNUM, _ALNUM)


def _email(value: str) -> Iterator[Spelling]:
    yield Spelling("text", value, _ALNUM + b"._+-", _ALNUM + b"-")


def _url(value: str) -> Iterator[Spelling]:
    """Yield the URL in full and without its scheme; a longer path is another page, a query behind it is not."""
    yield Spelling("in full", value, b"", _ALNUM + b"_~%-/")
    yield Spelling("without scheme", value.partition("://")[2], _ALNUM + b".-", _ALNUM + b"_~%-/")


def _position(value: str) -> Iterator[Spelling]:
    """Yield both co-ordinates side by side, cut to three decimals or more (`planted.Position` does single ones)."""
    latitude, longitude = (part.strip() for part in value.split(","))
    for decimals in range(3, 8):
        pair = (_cut(latitude, decimals), _cut(longitude, decimals))
        for between in (",", ", ", ";", "|", "/", " "):
            yield Spelling(f"{decimals} decimals", between.join(pair), _DIGIT + b".-", _DIGIT)


def _cut(number: str, decimals: int) -> str:
    whole, _, fraction = number.partition(".")
    return f"{whole}.{fraction[:decimals]}"


def _text_bits(text: str) -> int:
    """Estimate: 3.3 bits a digit, 4 an ASCII letter (prose has fewer, invented words have more), 6 any other letter."""
    return int(sum(_char_bits(char) for char in text))


def _char_bits(char: str) -> float:
    if char.isdigit():
        return math.log2(10)
    if char.isalpha():
        return 4.0 if char.isascii() else 6.0
    return 0.5


def _url_bits(text: str) -> int:
    return _text_bits(text.partition("://")[2] or text)


def _number_bits(text: str) -> int:
    return int(len(_digits(text)) * math.log2(10))


def _imei_bits(text: str) -> int:  # noqa: ARG001 - every spelling holds the same 14 digits; the others follow from them
    return int(14 * math.log2(10))


def _hex_bits(text: str) -> int:
    return 4 * len(_hex(text))


_ANYTHING = re.compile(r"\S(?:.*\S)?", re.DOTALL)


_IMEI = Notation(re.compile(r"(?:\d[ ./-]?){14,16}"), "49-015420-323751-8", _imei, _imei_bits)
_UUID = Notation(
    re.compile(r"[0-9A-Fa-f]{8}(?:-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}"),
    "38400000-8cf0-11bd-b23e-10b96e40000d",
    _uuid,
    _hex_bits,
)
_MAC = Notation(re.compile(r"[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}"), "00:00:5e:00:53:01", _mac, _hex_bits)
_URL = Notation(re.compile(r"[a-z][a-z0-9+.-]*://\S+"), "https://news.example/article/1", _url, _url_bits)
_TEXT = Notation(re.compile(r"\S(?:.*\S)?", re.DOTALL), "velvet kestrel harbour", _text, _text_bits)

NOTATIONS: dict[str, Notation] = {
    **dict.fromkeys(("imei", "imei2"), _IMEI),
    "meid": Notation(re.compile(r"[0-9A-Fa-f]{14}"), "a0000000a00000", _hex_number, _hex_bits),
    "imsi": Notation(re.compile(r"\d{14,15}"), "001010123456789", _number, _number_bits),
    "iccid": Notation(re.compile(r"\d{18,20}"), "8900000000000000001", _number, _number_bits),
    "phone_number": Notation(re.compile(r"\+(?:[ ()./-]*\d){7,15}"), "+44 7700 900123", _phone, _number_bits),
    **dict.fromkeys(("advertising_id", "gaid", "oaid", "app_set_id", "uuid"), _UUID),
    "android_id": Notation(re.compile(r"[0-9A-Fa-f]{16}"), "9774d56d682e549c", _hex_number, _hex_bits),
    **dict.fromkeys(("mac", "mac_address", "wifi_mac", "bluetooth_mac", "bssid"), _MAC),
    "email": Notation(re.compile(r"[^\s@]+@[^\s@]+"), "tester@mail.example", _email, _text_bits),
    **dict.fromkeys(("url", "visited_url", "incognito_url"), _URL),
    "position": Notation(
        re.compile(r"-?\d{1,2}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}"), "54.6872, 25.2797", _position, _number_bits
    ),
    "installed_package": Notation(
        re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+"), "org.example.unmistakable", _text, _text_bits
    ),
    **dict.fromkeys(("serial", "serial_number", "ssid", "account", "contact", "password"), _TEXT),
    **dict.fromkeys(("typed_canary", "search_query", "message", "file_name", "text"), _TEXT),
}
"""The kinds of planted values by name."""
