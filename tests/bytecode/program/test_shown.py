"""Names of evidence as printable text."""

from assay.bytecode.names import MAX_NAME_BYTES
from assay.bytecode.program import shown


def test_names_are_shown_as_they_are_or_by_their_length() -> None:
    assert shown.method(b"LA;", b"m", b"()V") == "LA;->m()V"
    assert shown.shown(b"\0") == "?"
    assert shown.shown(b"\xff") == "\\xff"
    assert shown.shown(b"x" * MAX_NAME_BYTES) == "x" * MAX_NAME_BYTES
    assert shown.shown(b"x" * (MAX_NAME_BYTES + 1)) == f"name of {MAX_NAME_BYTES + 1} bytes"
