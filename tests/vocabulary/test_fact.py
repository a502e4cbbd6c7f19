import hashlib
from typing import Annotated, get_args, get_type_hints

import pytest

from assay.vocabulary import TABLES, Column, Fact, columns, fact_id, table_of
from assay.vocabulary.code import MatchSite
from assay.vocabulary.handset import BuildProperty
from assay.vocabulary.lists import TermList

ARTEFACT = "ab" * 32


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_every_column_is_documented_and_typed(record: type[Fact]) -> None:
    described = columns(record)
    assert [column.name for column in described] == list(record.__struct_fields__)
    assert all(len(column.column.meaning) > 2 for column in described)
    assert {column.type for column in described} <= {"text", "integer", "boolean", "list of text"}


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_every_table_is_documented_and_begins_with_the_place(record: type[Fact]) -> None:
    assert record.__doc__
    assert record.__doc__.strip() != (Fact.__doc__ or "").strip()
    assert columns(record)[0].name == "place"


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_only_numbers_have_units(record: type[Fact]) -> None:
    assert [column.name for column in columns(record) if column.column.unit and column.type != "integer"] == []


@pytest.mark.parametrize("record", TABLES.values(), ids=TABLES)
def test_no_column_is_called_like_those_that_every_table_has(record: type[Fact]) -> None:
    assert set(record.__struct_fields__).isdisjoint({"fact", "artefact", "analyser", "handset"})


def test_table_names_are_snake_case_and_unique() -> None:
    assert table_of(TermList) == "term_list"
    assert table_of(MatchSite) == "match_site"
    assert len(TABLES) == len(set(TABLES.values()))
    assert all(name == table_of(record) for name, record in TABLES.items())


def test_every_record_of_the_vocabulary_is_on_the_closed_list() -> None:
    assert {record for record in Fact.__subclasses__() if record.__module__.startswith("assay.")} == set(
        TABLES.values()
    )


def test_a_fact_id_is_the_same_in_every_case() -> None:
    row = BuildProperty(place="line:3", name="ro.product.market", value="é")
    line = (f'["build_property","{ARTEFACT}",{{"name":"ro.product.market","place":"line:3","value":"é"}}]').encode()
    assert fact_id(ARTEFACT, row) == "f-" + hashlib.sha256(line).hexdigest()[:16]


def test_a_fact_id_depends_on_table_artefact_place_and_every_column() -> None:
    row = BuildProperty(place="line:3", name="a", value="b")
    others = [
        BuildProperty(place="line:4", name="a", value="b"),
        BuildProperty(place="line:3", name="aa", value="b"),
        BuildProperty(place="line:3", name="a", value=""),
    ]
    ids = {fact_id(ARTEFACT, row), fact_id("cd" * 32, row), *(fact_id(ARTEFACT, other) for other in others)}
    assert len(ids) == 5


class Undescribed(Fact, frozen=True, kw_only=True):
    bare: int


class Fractional(Fact, frozen=True, kw_only=True):
    share: Annotated[float, Column("a share")]


class Several(Fact, frozen=True, kw_only=True):
    numbers: Annotated[list[int], Column("numbers")]


class Either(Fact, frozen=True, kw_only=True):
    one: Annotated[int | str, Column("a number or a text")]


@pytest.mark.parametrize("record", [Undescribed, Fractional, Several, Either])
def test_a_column_without_description_or_of_another_type_is_refused(record: type[Fact]) -> None:
    with pytest.raises(TypeError):
        columns(record)


def test_null_is_allowed_only_where_the_type_says_so() -> None:
    for record in TABLES.values():
        hints = get_type_hints(record)
        assert [column.nullable for column in columns(record)] == [
            type(None) in get_args(hints[column.name]) for column in columns(record)
        ]
