"""The identity and the census of a term list.

The identity is the sha256 over the sorted, unique, length-prefixed entries after trim, NFKC and case folding, with
Unicode pinned to 14.0 (the oldest version among supported interpreters), so that the same list in a capture, on
disk and in code is one list on every machine. The evidence's own text is never changed: only keys are normalised.
Sources: UAX #15 (NFKC, stability policy), Unicode 14.0 section 3.13 (default case folding).
"""

import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from assay.model import text as found
from assay.model.characters import LATER
from assay.model.ids import sha256_hex, short

_BYTES_TAG = b"\x00"


def normal(entry: str) -> str:
    """Return the key of an entry: trimmed, NFKC, case folded under Unicode 14.0; bytes that are no text stay."""
    if found.is_bytes(entry):
        return entry
    return "".join(
        part if index % 2 else unicodedata.normalize("NFKC", part).casefold()
        for index, part in enumerate(LATER.split(entry.strip()))
    )


def keys(entries: Iterable[str]) -> list[str]:
    """Return the sorted, unique, non-empty keys of a list."""
    return sorted({key for key in map(normal, entries) if key})


def identity(entries: Iterable[str]) -> str:
    """Return the identity of a list as ``L-<16 hex>``; the order and repetition of entries do not matter."""
    return short("L", full_identity(entries))


def full_identity(entries: Iterable[str]) -> str:
    """Return the sha256 in hex over ``u32be(length) bytes`` of each key in byte order.

    A key that is text counts as its UTF-8; a key that is bytes counts as a zero byte and the bytes.
    """
    return identity_of_keys(map(normal, entries))


def identity_of_keys(keys_of_list: Iterable[str]) -> str:
    """Return the same of entries that are normal already; empty ones do not count."""
    blobs = sorted({_blob(key) for key in keys_of_list if key})
    return sha256_hex(b"".join(struct.pack(">I", len(blob)) + blob for blob in blobs))


def _blob(key: str) -> bytes:
    return (_BYTES_TAG + found.to_bytes(key)) if found.is_bytes(key) else key.encode("utf-8")


def script(entry: str) -> str:
    """Return the script of most letters of an entry: Han, Latin, Cyrillic …; ``none`` without letters."""
    if found.is_bytes(entry):
        return "none"
    names = [name for name in map(_script, entry) if name]
    if len(set(names)) == 1:
        return names[0]
    counts = Counter(names)
    return max(sorted(counts), key=lambda name: counts[name]) if counts else "none"


_SCRIPTS = {"CJK": "Han", "HIRAGANA": "Kana", "KATAKANA": "Kana", "MODIFIER": "other", "FULLWIDTH": "Latin"}


@lru_cache(maxsize=1 << 16)
def _script(char: str) -> str:
    """Return the script of a letter, empty for anything else and for code points assigned later."""
    if not char.isalpha() or LATER.match(char):
        return ""
    word = unicodedata.name(char, "other").split(" ", 1)[0].split("-", 1)[0]
    return _SCRIPTS.get(word, word.capitalize())


COUNTING_RULES: Mapping[str, Callable[[list[str]], int]] = {
    "raw": len,
    "trimmed": lambda entries: sum(1 for entry in entries if entry.strip()),
    "unique": lambda entries: len(set(entries)),
    "unique-trimmed": lambda entries: len({entry.strip() for entry in entries} - {""}),
    "unique-normal": lambda entries: len(keys(entries)),
}
"""Every stated way to count a list: ``raw`` all records; ``trimmed`` those not empty after trim; ``unique`` distinct
records as found; ``unique-trimmed`` distinct after trim; ``unique-normal`` distinct after trim, NFKC, case folding."""
