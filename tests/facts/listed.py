"""Lists as the analysers of term lists find them in documents made of plain values."""

import json
from typing import Any
from xml.sax.saxutils import escape

from assay.artefacts.csv import open_csv
from assay.artefacts.json import open_json
from assay.artefacts.preferences import open_preferences
from assay.artefacts.text import open_text
from assay.artefacts.xml import open_xml
from assay.facts.term_lists.json_documents import find_json_lists
from assay.facts.term_lists.preference_files import find_preference_lists
from assay.facts.term_lists.tables import find_table_lists
from assay.facts.term_lists.text_lines import find_text_lists
from assay.facts.term_lists.xml_documents import find_xml_lists
from assay.model.source import BufferSource
from assay.vocabulary.lists import Census, Term, TermList

Row = TermList | Term | Census
WORDS = (
    "velmora", "lantern march", "Remember Tarnovell", "独立运动", "新闻自由", "свобода печати", "حرية", "ཤིང་ན",
    "free kites", "Ostela", "brenovia", "petadre", "drapupli", "мазиби", "傘線燈", "ＷＩＤＥ words",
)  # fmt: skip


def of_json(value: Any) -> list[Row]:
    return list(find_json_lists(open_json(BufferSource(json.dumps(value).encode()))))


def of_text(text: str) -> list[Row]:
    return list(find_text_lists(open_text(BufferSource(text.encode()))))


def of_csv(text: str) -> list[Row]:
    return list(find_table_lists(open_csv(BufferSource(text.encode()))))


def of_xml(text: str) -> list[Row]:
    return list(find_xml_lists(open_xml(BufferSource(text.encode()))))


def of_preferences(text: str) -> list[Row]:
    return list(find_preference_lists(open_preferences(BufferSource(text.encode()))))


def lists(rows: list[Row]) -> list[TermList]:
    return [row for row in rows if isinstance(row, TermList)]


def terms(rows: list[Row]) -> list[Term]:
    return [row for row in rows if isinstance(row, Term)]


def only(rows: list[Row]) -> TermList:
    (found,) = lists(rows)
    return found


def elements(words: tuple[str, ...], name: str = "w") -> str:
    return "".join(f"<{name}>{escape(word)}</{name}>" for word in words)
