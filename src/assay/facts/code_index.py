"""Which code an artefact holds, and what of it the index does not follow."""

import hashlib
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assay.bytecode.class_data import ACC_NATIVE
from assay.bytecode.dex import DexFile
from assay.bytecode.digest import index_sha256
from assay.bytecode.opcodes import INVOKES, Reference
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.model.problem import Problem
from assay.registry import Yielded, analyser
from assay.vocabulary.code import CodeIndex

_CHECKSUM_FROM, _SIGNATURE_FROM = 12, 32


@analyser(
    question="Which code does this artefact hold?",
    reads=DexFile,
    emits=CodeIndex,
    blind_to=(
        "what native methods do",
        "which method a call reaches: virtual calls, reflection and invoke-custom are not resolved here",
        "code in other DEX files of a container, compact DEX and VDEX",
    ),
)
def code_index(dex: DexFile) -> Iterator[Yielded]:
    """Yield one row with the sizes of the index, and what it does not follow."""
    yield _row(dex)
    yield from _checks(dex)
    yield from _not_followed(dex)


def _row(dex: DexFile) -> CodeIndex:
    kinds = np.bincount(dex.references.kind, minlength=len(Reference))
    return CodeIndex(
        version=dex.version,
        strings=dex.string_count,
        types=len(dex.tables.types),
        fields=len(dex.tables.fields),
        methods=len(dex.tables.methods),
        classes=len(dex.tables.classes),
        bodies=int(np.count_nonzero(dex.bodies.size)),
        instructions=dex.swept.instructions,
        calls=int(np.count_nonzero(_calls(dex))),
        string_uses=int(kinds[Reference.STRING]),
        field_uses=int(kinds[Reference.FIELD]),
        type_uses=int(kinds[Reference.TYPE]),
        index_sha256=index_sha256(dex),
    )


def _calls(dex: DexFile) -> npt.NDArray[np.bool_]:
    """Return which references are calls; an invoke-polymorphic has a second one to its prototype."""
    rows = dex.references
    return np.isin(rows.opcode, INVOKES) & (rows.kind != Reference.PROTO)


def _checks(dex: DexFile) -> Iterator[Problem]:
    """Yield a problem where checksum or signature are not those of the bytes."""
    data = dex.data.data[dex.header.header_offset :][: dex.header.file_size]
    if zlib.adler32(data[_CHECKSUM_FROM:]) != dex.header.checksum:
        yield _mismatch("checksum", 8, 4)
    if hashlib.sha1(data[_SIGNATURE_FROM:], usedforsecurity=False).digest() != dex.header.signature:
        yield _mismatch("signature", 12, 20)


def _mismatch(what: str, offset: int, length: int) -> Problem:
    return Problem(
        place=str(ByteRange(offset, length)),
        what=f"the {what} in the header is not that of the bytes: the file was changed after it was made",
        instead="the bytes were read as they are",
        cost="a handset may refuse this file, so that its code never runs",
    )


def _not_followed(dex: DexFile) -> Iterator[NotFollowed]:
    counts = {
        "native methods": int(np.count_nonzero(dex.methods.access & ACC_NATIVE)),
        "instructions of unused opcodes": dex.swept.unknown,
        "calls through invoke-custom": int(np.count_nonzero(dex.references.kind == Reference.CALL_SITE)),
    }
    yield from (NotFollowed(what, count) for what, count in counts.items() if count)
