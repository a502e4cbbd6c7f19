"""Foreign code: what runs on a handset and is not examined, named so that nothing of it is silent."""

from collections.abc import Iterator

from assay.artefacts.compact_dex import CompactDex
from assay.artefacts.foreign_code import ForeignCode as ForeignFile
from assay.artefacts.portable_executable import DotnetAssembly
from assay.model.coverage import NotFollowed
from assay.registry import Yielded, analyser
from assay.vocabulary.containers import ForeignCode


@analyser(
    question="Does this artefact hold code that is not examined?",
    reads=(ForeignFile, CompactDex, DotnetAssembly),
    emits=ForeignCode,
    blind_to=(
        "code in formats that are not known by name",
        "code that is encrypted, or packed in a way that no reader undoes",
        "what any of this code does",
    ),
)
def find_foreign_code(document: ForeignFile | CompactDex | DotnetAssembly) -> Iterator[Yielded]:
    """Yield the code's format, and that its file was not followed."""
    yield ForeignCode(
        form=document.kind, version=document.version, states=document.states, reason=document.not_examined
    )
    yield NotFollowed("files of code in formats that are not examined", 1)
