import pytest

from assay.applications.resources import Resources
from tests.applications.apps import specimen


def test_ids_are_sorted_and_each_has_its_configurations() -> None:
    resources = Resources.of(specimen("notes-g1"))
    ids = resources.ids.tolist()
    assert ids == sorted(set(ids))
    named = {resources.get(number).name: resources.get(number) for number in ids}
    assert named["string/saved"].configurations == ("default", "lt", "zh")
    assert named["string/saved"].kind == "string"
    assert len(named["string/saved"].texts) == 3
    assert named["layout/editor"].texts == ("res/layout/editor.xml",)


def test_two_tables_of_one_app_are_one() -> None:
    app = specimen("notes-g1")
    table = app.base.document.resources
    assert table is not None
    assert Resources([table, table]).ids.tolist() == Resources([table]).ids.tolist()


def test_an_id_that_is_in_no_table_is_refused() -> None:
    with pytest.raises(KeyError):
        Resources.of(specimen("notes-g1")).get(0x7F7F7F7F)
