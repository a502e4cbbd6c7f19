from assay.artefacts.apk import open_apk
from assay.artefacts.zip import MOST_ODDITIES, open_zip
from assay.facts.archive_oddities import find_archive_oddities
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.packages import ArchiveOddity
from tests.artefacts import applications as a
from tests.artefacts import zip_writer as z


def found(data: bytes) -> list[ArchiveOddity | NotFollowed]:
    return list(find_archive_oddities(open_zip(BufferSource(data))))


def test_oddities_come_with_their_place() -> None:
    data = z.archive(z.Item(b"a", b"1"), z.Item(b"b", b"2", gap=b"between"))
    (row,) = found(data)
    assert isinstance(row, ArchiveOddity)
    assert (row.oddity, row.place) == ("data-between-entries", f"0x{len(z.local(z.Item(b'a', b'1'))):x}+7")


def test_plain_applications_have_none() -> None:
    for path in a.SPECIMENS:
        assert list(find_archive_oddities(open_apk(BufferSource(path.read_bytes())))) == []


def test_of_a_kind_the_first_are_listed_and_the_rest_is_counted() -> None:
    for count, beyond in ((MOST_ODDITIES, 0), (MOST_ODDITIES + 1, 1)):
        rows = found(z.archive(*(z.Item(b"/%d" % number, b"") for number in range(count))))
        assert sum(isinstance(row, ArchiveOddity) for row in rows) == MOST_ODDITIES
        assert sum(row.count for row in rows if isinstance(row, NotFollowed)) == beyond
