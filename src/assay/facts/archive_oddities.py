"""Archive oddities: what in an archive a plain build does not produce."""

from collections.abc import Iterator

from assay.artefacts.zip import MOST_ODDITIES, ZipArchive
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import analyser
from assay.vocabulary.packages import ArchiveOddity


@analyser(
    question="Does this archive hold anything that a plain build does not produce?",
    reads=ZipArchive,
    emits=ArchiveOddity,
    blind_to=(
        "content that differs from its checksum: that is a problem of the entry, met when it is unpacked",
        "bytes hidden in extra fields, or behind the end of a compressed stream",
        f"more than {MOST_ODDITIES} oddities of a kind: the rest is counted",
    ),
)
def find_archive_oddities(archive: ZipArchive) -> Iterator[ArchiveOddity | NotFollowed]:
    """Yield oddities sorted by kind and offset."""
    for oddity in archive.oddities:
        place = str(ByteRange(oddity.offset, max(oddity.length, 0)))
        yield ArchiveOddity(place=place, oddity=oddity.word, detail=oddity.detail)
    if beyond := sum(archive.oddity_counts.values()) - len(archive.oddities):
        yield NotFollowed("oddities beyond the first of a kind", beyond)
