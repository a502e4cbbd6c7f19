"""Which code an artefact holds, and what of it the index does not follow."""

import hashlib
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from assay.bytecode.call_sites import implementation, recipe
from assay.bytecode.class_data import ACC_NATIVE
from assay.bytecode.columns import type_lists
from assay.bytecode.dex import DexFile
from assay.bytecode.digest import index_sha256
from assay.bytecode.hidden_api import RESTRICTION
from assay.bytecode.opcodes import INVOKES, POLYMORPHIC, Reference
from assay.bytecode.tries import catch_types
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
    version=2,
    blind_to=(
        "what native methods do",
        "which method a call reaches: virtual calls, method handles and reflection are not resolved here",
        "what debug information names",
    ),
)
def code_index(dex: DexFile) -> Iterator[Yielded]:
    """Yield one row with the sizes of the index, and what it does not follow."""
    annotated, problems = dex.read_annotation_uses()
    yield _row(dex, len(annotated.index))
    yield from _checks(dex)
    yield from (*problems, *type_lists.problems(dex), *dex.read_tries()[1])
    yield from dex.read_hidden_api()[1]
    yield from _not_followed(dex)


def _row(dex: DexFile, annotation_uses: int) -> CodeIndex:
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
        caught_types=len(catch_types(dex.tries)[0]),
        annotation_uses=annotation_uses,
        hidden_members=_hidden(dex),
        index_sha256=index_sha256(dex),
    )


def _calls(dex: DexFile) -> npt.NDArray[np.bool_]:
    """Return which references are calls; an invoke-polymorphic has a second one to its prototype."""
    rows = dex.references
    found: npt.NDArray[np.bool_] = np.isin(rows.opcode, INVOKES) & (rows.kind != Reference.PROTO)
    return found


def _hidden(dex: DexFile) -> int:
    """Return how many definitions are not free for applications."""
    flags = (dex.hidden_api.fields, dex.hidden_api.methods)
    return sum(int(np.count_nonzero(each & RESTRICTION)) for each in flags)


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
    rows = dex.references
    polymorphic = np.isin(rows.opcode, POLYMORPHIC) & (rows.kind == Reference.METHOD)
    counts = {
        "native methods": int(np.count_nonzero(dex.methods.access & ACC_NATIVE)),
        "instructions of unused opcodes": dex.swept.unknown,
        "calls through invoke-custom whose target is not known": _unlinked(dex),
        "calls through method handles": int(np.count_nonzero(polymorphic)),
    }
    yield from (NotFollowed(what, count) for what, count in counts.items() if count)


def _unlinked(dex: DexFile) -> int:
    """Return how many invoke-custom neither run a known method nor concatenate text."""
    sites, times = np.unique(dex.references.index[dex.references.kind == Reference.CALL_SITE], return_counts=True)
    return sum(count for site, count in zip(sites.tolist(), times.tolist(), strict=True) if not _linked(dex, site))


def _linked(dex: DexFile, index: int) -> bool:
    site = dex.call_site(index)
    return implementation(site, dex.tables, dex.names) is not None or recipe(site, dex.tables, dex.names) is not None
