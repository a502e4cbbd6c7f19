from assay.artefacts.compact_dex import open_compact_dex
from assay.artefacts.foreign_code import FORMS, ForeignCode
from assay.facts.foreign_code import find_foreign_code
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.containers import ForeignCode as Row
from tests.artefacts import compiled_writer as w


def test_foreign_code_is_named_and_counted_as_not_followed() -> None:
    (form,) = (form for form in FORMS if form.kind == "webassembly")
    row, missed = find_foreign_code(ForeignCode(form, b"\0asm\1\0\0\0"))
    assert isinstance(row, Row)
    assert (row.form, row.version, row.states) == ("webassembly", "1", "")
    assert "not examined" in row.reason
    assert missed == NotFollowed("files of code in formats that are not examined", 1)


def test_compact_dex_says_what_it_states() -> None:
    row, _ = find_foreign_code(open_compact_dex(BufferSource(w.dex(magic=b"cdex001\0"))))
    assert isinstance(row, Row)
    assert (row.form, row.version) == ("compact-dex", "001")
    assert row.states.startswith("checksum 1234abcd; 128 bytes; 0 strings")
