"""Counts and identity of a list, written from the definition in docs and not from the product."""

import hashlib
import struct
import unicodedata

from tests.specimens.evidence.words import key

SCRIPTS = {"CJK": "Han"}


def identity(records: list[str]) -> str:
    blobs = sorted({key(record).encode() for record in records} - {b""})
    return hashlib.sha256(b"".join(struct.pack(">I", len(blob)) + blob for blob in blobs)).hexdigest()


def script(record: str) -> str:
    names = [unicodedata.name(letter).split()[0].split("-")[0] for letter in record if letter.isalpha()]
    word = max(sorted(set(names)), key=names.count)
    return SCRIPTS.get(word, word.capitalize())


def scripts(records: list[str]) -> dict[str, int]:
    found = [script(record) for record in records]
    return {name: found.count(name) for name in sorted(set(found))}


def counts(records: list[str]) -> dict[str, int]:
    trimmed = [record.strip() for record in records]
    return {
        "raw": len(records),
        "trimmed": sum(1 for record in trimmed if record),
        "unique": len(set(records)),
        "unique_trimmed": len(set(trimmed) - {""}),
        "unique_normal": len({key(record) for record in records} - {""}),
    }
