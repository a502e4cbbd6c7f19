import pytest

from assay.artefacts.properties import open_properties
from assay.facts.build_properties import read_build_properties
from assay.model.source import BufferSource


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"ro.a=1\nro.b = 2 \nro.a=3\n", [("line:1", "ro.a", "1"), ("line:2", "ro.b", "2"), ("line:3", "ro.a", "3")]),
        (
            b"[x.a]: [1]\n[x.b]: []\n[x.c]: [2]\n",
            [("line:1", "x.a", "1"), ("line:2", "x.b", ""), ("line:3", "x.c", "2")],
        ),
        (b"title=Notes\nsave=Save\nfind=Find\n", []),
    ],
)
def test_system_properties_are_rows_and_messages_are_not(data: bytes, rows: list[tuple[str, str, str]]) -> None:
    found = read_build_properties(open_properties(BufferSource(data)))
    assert [(row.place, row.name, row.value) for row in found] == rows
