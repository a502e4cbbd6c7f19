from assay.artefacts.preferences import open_preferences
from assay.facts.preferences import read_preferences
from assay.model.source import BufferSource

DATA = b"""<map><boolean name="on" value="true"/><long name="at" value="1632117600000"/><float name="r" value="0.50"/>
<string name="w">a &lt; b</string><set name="s"><string>two</string><string>one</string></set></map>"""


def test_each_entry_is_a_row_and_a_set_is_sorted() -> None:
    rows = list(read_preferences(open_preferences(BufferSource(DATA))))
    assert [(row.place, row.name, row.type, row.value) for row in rows] == [
        ("xpath:/map[1]/boolean[1]", "on", "boolean", "true"),
        ("xpath:/map[1]/long[1]", "at", "long", "1632117600000"),
        ("xpath:/map[1]/float[1]", "r", "float", "0.50"),
        ("xpath:/map[1]/string[1]", "w", "string", "a < b"),
        ("xpath:/map[1]/set[1]", "s", "set", '["one","two"]'),
    ]
