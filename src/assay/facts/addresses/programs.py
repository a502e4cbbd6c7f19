"""Addresses in the strings of scripts and of native libraries."""

from collections.abc import Iterable, Iterator

from assay.artefacts.elf import ElfFile
from assay.artefacts.printed_strings import PrintedString
from assay.artefacts.script import Script, ScriptString
from assay.facts.addresses.rows import limited, row, unfinished, within_limit
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model import text as found
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import analyser
from assay.vocabulary.addresses import Address

MAX_STRING = 1 << 16
"""Longest string that is looked at, in bytes; what is longer is counted."""


@analyser(
    question="Which network addresses are written in the strings of this script?",
    reads=Script,
    emits=(Address,),
    blind_to=(*BLIND, f"strings of more than {MAX_STRING} bytes", "addresses in comments"),
)
def find_script_addresses(script: Script) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in strings, at the place of the string."""
    yield from _of_strings(script.strings(), "script")


@analyser(
    question="Which network addresses are written in the constant data of this native library?",
    reads=ElfFile,
    emits=(Address,),
    blind_to=(*BLIND, f"strings of more than {MAX_STRING} bytes", "where in the native code a string is used"),
)
def find_native_addresses(library: ElfFile) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in strings, at the place of the string."""
    yield from _of_strings(library.strings(), "native")


def _of_strings(strings: Iterable[PrintedString | ScriptString], carrier: str) -> Iterator[Address | NotFollowed]:
    longer = 0
    texts: list[tuple[str, str]] = []
    for string in strings:
        if string.length > MAX_STRING:
            longer += 1
        elif ("." in string.text or ":" in string.text) and not found.is_bytes(string.text):
            texts.append((str(ByteRange(string.offset, string.length)), string.text))
    kept, beyond = within_limit(texts)
    yield from limited(row(written, place, carrier) for place, text in kept for written in addresses_in(text))
    yield from unfinished(text for _, text in kept)
    yield from beyond
    if longer:
        yield NotFollowed(f"strings of more than {MAX_STRING} bytes", longer)
