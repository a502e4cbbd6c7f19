"""Opens archives for tests, and writes them with the standard library."""

import io
import zipfile

from hypothesis import strategies as st

from assay.artefacts.zip import ZipArchive, open_zip
from assay.model.source import BufferSource

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\\/:"), min_size=1, max_size=12)
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
FORMS = st.fixed_dictionaries({"streamed": st.booleans(), "wide": st.booleans()})
FILES = st.dictionaries(NAMES, st.tuples(st.binary(max_size=2000), METHODS), max_size=8)


class Unseekable(io.BytesIO):
    """A stream that makes zipfile write data descriptors."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def written(files: dict[str, tuple[bytes, int]], *, streamed: bool = False, wide: bool = False) -> bytes:
    out = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, (data, method) in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=wide) as entry:
                entry.write(data)
    return out.getvalue()


def opened(data: bytes) -> ZipArchive:
    return open_zip(BufferSource(data))


def contents(archive: ZipArchive) -> dict[bytes, bytes]:
    return {member.name: bytes(member.open().view()) for member in archive.members()}


def words(archive: ZipArchive) -> list[str]:
    return [oddity.word for oddity in archive.oddities]


def what(archive: ZipArchive) -> str:
    return " | ".join(problem.what for problem in archive.problems)
