"""Addresses in the strings of code."""

import re
from collections.abc import Iterator

from assay.bytecode.dex import DexFile
from assay.facts.addresses.rows import limited, row, unfinished
from assay.facts.addresses.written import BLIND, addresses_in
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange, InnerPlace
from assay.registry import analyser
from assay.vocabulary.addresses import Address

MAX_USERS = 16
"""Most places of use written down of one string."""
MAX_STRING = 1 << 16
"""Longest string that is looked at, in bytes."""

_WORTH_IT = re.compile(rb"://|[^\s.]\.[^\s.]|:[0-9A-Fa-f]*:")


@analyser(
    question="Which network addresses are written in the strings of this code?",
    reads=DexFile,
    emits=(Address,),
    blind_to=(
        *BLIND,
        f"places of use of a string beyond the first {MAX_USERS}",
        "which method uses a string that stands only in a field's initial value or an annotation",
    ),
)
def find_code_addresses(dex: DexFile) -> Iterator[Address | NotFollowed]:
    """Yield the addresses in strings, at each instruction that loads the string, else at the string's bytes."""
    texts = list(_texts(dex))
    yield from limited(address for index, text in texts for address in _addresses(dex, index, text))
    yield from unfinished(text for _, text in texts)


def _texts(dex: DexFile) -> Iterator[tuple[int, str]]:
    for index in range(dex.string_count):
        raw = dex.string_bytes(index)
        if 4 <= len(raw) <= MAX_STRING and _WORTH_IT.search(raw):
            yield index, dex.string_text(index)


def _addresses(dex: DexFile, index: int, text: str) -> Iterator[Address]:
    for written in addresses_in(text):
        for place in _places(dex, index):
            yield row(written, place, "code")


def _places(dex: DexFile, index: int) -> list[str]:
    users = list(dict.fromkeys(dex.string_users(index)))[:MAX_USERS]
    if users:
        return [str(InnerPlace("method", f"{dex.method_name(method)}+0x{offset:x}")) for method, offset in users]
    raw = dex.string_bytes(index)
    return [str(ByteRange(int(dex.string_offsets[index]), len(raw)))]
