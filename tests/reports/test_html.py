"""The report is one file that loads nothing, runs nothing, and prints evidence as text."""

import base64
import hashlib
import html as markup
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.model.text import show
from assay.reports.html import html
from assay.reports.results import CaseResults
from tests.reports import case_rows, synthetic

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "circle", "line"}
ALLOWED = set(
    "html head meta title style body a div header footer main nav section article h1 h2 h3 h4 h5 p ul ol li dl dt dd b "
    "q blockquote code span bdi br table thead tbody tr th td details summary figure figcaption svg rect circle line "
    "text".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href aria-label aria-labelledby aria-hidden role tabindex scope "
    "rowspan colspan viewbox preserveaspectratio focusable width height overflow x y x1 x2 y1 y2 cx cy r "
    "text-anchor".split()
)


class Page(HTMLParser):
    """The page as a parser sees it: elements in order, whether they nest, and the text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.misnested: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misnested.append((tag, self.get_starttag_text() or ""))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@cache
def case() -> CaseResults:
    return synthetic.case()


def rendered(*, title: str = "An invented case") -> str:
    return html(msgspec.structs.replace(case(), title=title))["index.html"].decode("utf-8")


@cache
def source() -> str:
    return rendered()


@cache
def page() -> Page:
    return Page(source())


def test_elements_nest_and_are_those_the_templates_write() -> None:
    assert page().misnested == []
    assert page().open == []
    assert {tag for tag, _ in page().elements} <= ALLOWED
    assert {name for _, attributes in page().elements for name in attributes} <= ATTRIBUTES


def test_the_policy_allows_the_inline_style_and_nothing_else() -> None:
    (policy,) = [each["content"] for tag, each in page().elements if each.get("http-equiv")]
    (style,) = re.findall(r"<style>(.*?)</style>", source(), re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'"


def test_nothing_is_loaded() -> None:
    links = [each["href"] for _, each in page().elements if "href" in each]
    assert links
    assert all(link.startswith("#") for link in links)
    assert "url(" not in source().split("</style>")[0]
    assert "@import" not in source()


def test_every_link_leads_to_an_id_and_ids_are_unique() -> None:
    ids = Counter(each["id"] for _, each in page().elements if "id" in each)
    assert [name for name, count in ids.items() if count > 1] == []
    assert [each["href"] for _, each in page().elements if "href" in each and each["href"][1:] not in ids] == []
    referred = [each["aria-labelledby"] for _, each in page().elements if "aria-labelledby" in each]
    assert referred
    assert set(referred) <= set(ids)


def test_headings_step_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in page().elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_landmarks_and_the_skip_link_stand() -> None:
    tags = [tag for tag, _ in page().elements]
    assert [tags.count(tag) for tag in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    first = next(each for tag, each in page().elements if tag == "a")
    assert first == {"class": "skip", "href": "#main"}


def test_every_data_table_names_its_columns_and_rows() -> None:
    cells = [each.get("scope") for tag, each in page().elements if tag == "th"]
    assert set(cells) == {"col", "row", "rowgroup"}
    regions = [each for _, each in page().elements if each.get("class") == "scroll"]
    assert all(
        each.get("role") == "region" and each.get("aria-label") and each.get("tabindex") == "0" for each in regions
    )


@pytest.mark.parametrize("hostile", case_rows.HOSTILE)
def test_hostile_text_comes_out_as_text(hostile: str) -> None:
    body = source().split("</style>", 1)[1]
    if hostile != markup.escape(hostile):
        assert hostile not in body
    assert show(hostile) in "".join(page().text)


def test_no_control_or_bidirectional_character_is_in_the_file() -> None:
    assert [char for char in source() if not char.isprintable() and char != "\n"] == []


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_title_comes_out_as_text(title: str) -> None:
    found = Page(rendered(title=title))
    assert found.misnested == []
    assert {tag for tag, _ in found.elements} <= ALLOWED
    if title.strip():
        assert show(title) in "".join(found.text)


def test_the_same_results_give_the_same_bytes() -> None:
    assert rendered() == source()


def test_the_sections_stand_in_the_order_of_the_questions() -> None:
    sections = [each["id"] for tag, each in page().elements if tag == "section"]
    expected = [
        "letter",
        "verdicts",
        "claims",
        "handsets",
        "transfers",
        "lists",
        "comparisons",
        "code",
        "findings",
        "not-examined",
        "mechanisms",
        "method",
    ]
    assert sections == expected


def test_every_claim_finding_and_mechanism_has_an_address() -> None:
    ids = {each["id"] for _, each in page().elements if "id" in each}
    assert {f"claim-{claim.id}" for claim in case().claims} <= ids
    assert {finding.id for finding in case().findings} <= ids
    assert {f"mechanism-H{number}" for number in range(1, 7)} <= ids


def test_an_empty_case_says_what_is_missing() -> None:
    text = " ".join(html(synthetic.empty())["index.html"].decode("utf-8").split())
    assert "this case holds no capture of traffic" in text
    assert "No list was found" in text
    assert "No rule holds" in text
