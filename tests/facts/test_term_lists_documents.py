"""What is a list in each kind of document, and what is not."""

import json
from typing import Any
from xml.sax.saxutils import escape

import pytest

from assay.artefacts.har import open_har
from assay.artefacts.preferences import open_preferences
from assay.facts.term_lists import json_values
from assay.facts.term_lists.json_documents import find_json_lists
from assay.facts.term_lists.json_values import MAX_ROWS, MIN_KEYS
from assay.facts.term_lists.xml_documents import MIN_ELEMENTS, find_xml_lists
from assay.model.source import BufferSource
from tests.facts.listed import (
    WORDS,
    elements,
    lists,
    of_csv,
    of_json,
    of_preferences,
    of_text,
    of_xml,
    only,
    terms,
)

# --- JSON ------------------------------------------------------------------------------------------


def test_numbered_keys_are_an_array() -> None:
    found = of_json({"w": {str(n): word for n, word in enumerate(WORDS)}})
    assert (only(found).carrier, terms(found)[3].place) == ("json-array", "json:/w/3")


def test_keys_that_are_plain_words_need_to_be_many() -> None:
    plain = [f"{a}{b}lo" for a in ("mi", "ta", "ko", "re", "zu") for b in ("ra", "ne", "si", "po")]
    assert len(plain) == MIN_KEYS
    assert only(of_json(dict.fromkeys(plain, 2))).carrier == "json-keys"
    assert lists(of_json(dict.fromkeys(plain[1:], 2))) == []


def test_keys_with_values_of_their_own_are_settings() -> None:
    assert lists(of_json({word: f"text {n}" for n, word in enumerate(WORDS)})) == []


@pytest.mark.parametrize("key", ["required", "permissions", "languages", "files"])
def test_what_software_says_of_itself_is_no_list(key: str) -> None:
    assert lists(of_json({key: list(WORDS)})) == []


def test_records_with_two_texts_are_no_list() -> None:
    assert lists(of_json([{"name": word, "note": word + " more"} for word in WORDS])) == []


def test_a_category_beside_the_word_does_not_hide_the_list() -> None:
    rows = of_json([{"word": word, "kind": "ab"[n % 2], "level": n} for n, word in enumerate(WORDS)])
    assert (only(rows).carrier, only(rows).entries) == ("json-objects", 16)


def test_integers_among_texts_are_entries() -> None:
    rows = of_json({"w": ["kites", 8964, "lanterns", "free words", "umbrella", 1989]})
    assert [term.text for term in terms(rows)] == ["kites", "8964", "lanterns", "free words", "umbrella", "1989"]


def test_a_capture_is_left_to_those_who_read_captures() -> None:
    document = {
        "log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [], "pages": list(WORDS)}
    }
    assert list(find_json_lists(open_har(BufferSource(json.dumps(document).encode())))) == []


def test_rows_of_a_table_are_no_lists() -> None:
    rows = [[word + "x" * n for word in WORDS] for n in range(MAX_ROWS + 1)]
    assert len(lists(of_json({"t": rows[:-1]}))) == MAX_ROWS
    assert lists(of_json({"t": rows})) == []


def test_keywords_of_a_software_package_are_no_list() -> None:
    assert lists(of_json({"name": "x", "version": "1.0.0", "license": "MIT", "keywords": WORDS})) == []
    assert only(of_json({"version": 1, "keywords": WORDS})).name == "keywords"


# --- text, tables, XML, preferences ----------------------------------------------------------------


def test_comment_lines_are_no_entries_and_the_others_keep_their_places() -> None:
    rows = of_text("# words of the week\nvelmora\n// old\nostela\n\nlantern\npetadre\nbrenovia\n")
    assert [term.text for term in terms(rows)] == ["velmora", "ostela", "", "lantern", "petadre", "brenovia"]
    assert [term.place for term in terms(rows)][:2] == ["0x14+7", "0x23+6"]
    assert only(rows).place == "lines:2-8"


def test_a_list_on_one_line_is_found() -> None:
    assert (only(of_text(";".join(WORDS))).carrier, only(of_text(";".join(WORDS))).entries) == ("text-string", 16)


def test_the_named_column_is_the_list() -> None:
    rows = of_csv("name of clerk,keyword,n\n" + "".join(f"clerk {n},{word},{n}\n" for n, word in enumerate(WORDS)))
    assert (only(rows).name, only(rows).place) == ("keyword", "column:2")


def test_a_wide_table_without_a_named_column_is_data() -> None:
    rows = of_csv("a,b,c,d\n" + "".join(f"{word},{n},{n},{n}\n" for n, word in enumerate(WORDS)))
    assert rows == []


def test_columns_of_addresses_and_numbers_without_a_name_are_data() -> None:
    assert of_csv("start,end\n" + "".join(f"192.0.2.{n},192.0.2.{n + 100}\n" for n in range(20))) == []


def test_two_groups_in_one_document_are_two_lists() -> None:
    other = tuple(word + " x" for word in WORDS)
    rows = of_xml(f"<r><array name='a'>{elements(WORDS)}</array><array name='b'>{elements(other)}</array></r>")
    assert [(found.name, found.place) for found in lists(rows)] == [
        ("a", "xpath:/r[1]/array[1]"),
        ("b", "xpath:/r[1]/array[2]"),
    ]


def test_entries_wrapped_in_records_are_one_list() -> None:
    rows = of_xml("<r>" + "".join(f"<e><w>{word}</w><level>1</level></e>" for word in WORDS) + "</r>")
    assert (only(rows).entries, terms(rows)[2].place) == (16, "xpath:/r[1]/e[3]/w[1]")


def test_records_with_several_texts_are_no_list() -> None:
    assert of_xml("<r>" + "".join(f"<e><w>{word}</w><note>{word} x</note></e>" for word in WORDS) + "</r>") == []


def test_one_text_in_many_languages_is_no_list() -> None:
    assert of_xml("<r>" + "".join(f"<w xml:lang='l{n}'>{word}</w>" for n, word in enumerate(WORDS)) + "</r>") == []


def test_names_of_other_things_are_no_list() -> None:
    assert of_xml("<r>" + "".join(f"<item name='{word}' href='p{n}'/>" for n, word in enumerate(WORDS)) + "</r>") == []


def test_messages_of_an_interface_are_no_list() -> None:
    assert (
        of_xml(
            "<resources>" + "".join(f"<string name='s{n}'>{w}</string>" for n, w in enumerate(WORDS)) + "</resources>"
        )
        == []
    )


def test_few_elements_are_no_list() -> None:
    assert lists(of_xml(f"<r>{elements(WORDS[:MIN_ELEMENTS])}</r>")) != []
    assert of_xml(f"<r>{elements(WORDS[: MIN_ELEMENTS - 1])}</r>") == []


def test_preferences_are_read_as_preferences_only() -> None:
    document = open_preferences(BufferSource(f"<map><set name='s'>{elements(WORDS, 'string')}</set></map>".encode()))
    assert list(find_xml_lists(document)) == []


@pytest.mark.parametrize(
    ("value", "place", "name"),
    [
        (json.dumps({"on": True, "words": WORDS}), "xpath:/map[1]/string[1]#/words", "words"),
        (json.dumps(WORDS), "xpath:/map[1]/string[1]#", "cache"),
        (",".join(WORDS), "xpath:/map[1]/string[1]", "cache"),
        ("\n".join(WORDS), "xpath:/map[1]/string[1]", "cache"),
    ],
)
def test_a_text_in_preferences_may_hold_a_list(value: str, place: str, name: str) -> None:
    rows = of_preferences(f"<map><string name='cache'>{escape(value)}</string></map>")
    found = only(rows)
    assert (found.carrier, found.name, found.place, found.entries) == (
        "preferences",
        name,
        place.replace(" ", "%20"),
        16,
    )
    assert found.identity == only(of_json(list(WORDS))).identity


def test_records_that_share_no_field_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    told = json_values._is_text_field

    def noted(records: list[dict[str, Any]], field: str) -> bool:
        looked.append(field)
        return told(records, field)

    monkeypatch.setattr(json_values, "_is_text_field", noted)
    assert lists(of_json([{f"field{n}": word} for n, word in enumerate(WORDS * 9)])) == []
    assert looked == ["field0"]


def test_text_that_begins_as_the_mark_of_bytes_is_an_entry() -> None:
    found = of_json(["\ufdd0base64:zz", *WORDS])
    assert [len(terms(found)), only(found).entries] == [len(WORDS) + 1, len(WORDS) + 1]
