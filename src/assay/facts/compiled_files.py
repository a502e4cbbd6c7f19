"""Compiled files: which DEX files they stand for, and where the code of those lies."""

from collections.abc import Iterator

from assay.artefacts.compiled_code import CompiledCode
from assay.model import text
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange, percent_encode
from assay.registry import Yielded, analyser
from assay.vocabulary.containers import CompiledFile, DexReference

_PATHS = ("classpath", "bootclasspath", "dependencies")


@analyser(
    question="Which DEX files does this compiled file stand for, and does it hold them?",
    reads=CompiledCode,
    emits=(CompiledFile, DexReference),
    blind_to=(
        "machine code, and what the compiler noted about the DEX files",
        "whether the DEX files it was made of are those that lie on the handset now: only checksums are stated",
    ),
)
def find_compiled_files(compiled: CompiledCode) -> Iterator[Yielded]:
    """Yield the file, then each DEX file it stands for, and how many bytes of it are not examined."""
    stated = compiled.properties
    yield CompiledFile(
        form=compiled.kind,
        version=compiled.version,
        instruction_set=compiled.instruction_set,
        compiler_filter=stated.get("compiler-filter", ""),
        class_path="\n".join(f"{name}={stated[name]}" for name in _PATHS if stated.get(name)),
        command_line=stated.get("dex2oat-cmdline", ""),
        stated_dex_files=compiled.stated_dex_files,
        dex_files_inside=len(compiled.spans),
        not_examined=tuple(f"{part.what}: {part.length}" for part in compiled.parts),
    )
    yield from _references(compiled)
    if unexamined := sum(part.length for part in compiled.parts):
        yield NotFollowed("bytes of compiled code and of what belongs to it", unexamined)


def _references(compiled: CompiledCode) -> Iterator[DexReference]:
    for number, one in enumerate(compiled.dex_files):
        yield DexReference(
            place=str(ByteRange(one.offset, one.length)),
            number=number,
            location=text.from_bytes(one.location),
            checksum="" if one.checksum is None else f"{one.checksum:08x}",
            lies=one.lies,
            member="" if one.span is None else percent_encode(one.span.name),
        )
