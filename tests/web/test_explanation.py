"""Lines lead on from ids that are known, and print everything else as text."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.findings import rulebook
from assay.model.text import show
from assay.verdicts import claimbook
from assay.web.explanation import MAX_CHARACTERS, MAX_LINES, address, lines

SHA = "6f" * 32
KNOWN = frozenset({"theme/name", "w-0123456789abcdef", "L-0123456789abcdef", SHA})


def texts(*found: str) -> list[str]:
    return [str(line.text) for line in lines(found, KNOWN)]


def without_tags(markup: str) -> str:
    kept, inside = [], False
    for char in markup:
        inside = (inside or char == "<") and not (inside and char == ">")
        kept.append("" if inside or char == ">" else char)
    return unescape("".join(kept))


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("theme/name", "/explain/theme/name"),
        ("w-0123456789abcdef", "/explain/w-0123456789abcdef"),
        ("f-ffffffffffffffff", "/explain/f-ffffffffffffffff"),
        (SHA, f"/explain/{SHA}"),
        (f"{SHA}!zip:a/../b%20c!har:1", f"/explain/{SHA}%21zip%3Aa%2F..%2Fb%2520c%21har%3A1"),
    ],
)
def test_an_id_leads_to_its_page(name: str, path: str) -> None:
    assert address(name) == path
    assert texts(f"in x: {name}") == [f'in x: <a class="place" href="{path}">{name}</a>']


@pytest.mark.parametrize(
    "text",
    [
        "w-ffffffffffffffff",
        "L-ffffffffffffffff",
        "f-0123",
        "f-0123456789abcdef0",
        "0" * 64,
        "other/name",
        "path/theme/name",
        f"/exhibits/sha256/6f/{SHA}",
    ],
)
def test_what_is_not_known_does_not(text: str) -> None:
    assert texts(text) == [text]


def test_every_rule_and_claim_is_an_id() -> None:
    rules = rulebook.load()
    names = [one.id for some in (rules, claimbook.load(rules)) for one in some]
    assert names
    assert [name for name in names if "href" not in str(next(lines([name], frozenset(names))).text)] == []


def test_steps_to_the_right_are_kept() -> None:
    assert [line.depth for line in lines(["a", "  b", "   c", " " * 12 + "d", " " * 40 + "e", ""], KNOWN)] == [
        *(0, 1, 1, 6, 6, 0)
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("grade: סוד", "grade: <bdi>סוד</bdi>"),
        ("סוד 12 גלוי, אחר", "<bdi>סוד 12 גלוי</bdi>, <bdi>אחר</bdi>"),
        ("['קר', 'חם']", "[&#39;<bdi>קר</bdi>&#39;, &#39;<bdi>חם</bdi>&#39;]"),
        ("قفل 3", "<bdi>قفل</bdi> 3"),
        ("a\u202eb\u2066c\x1b[0m", "a\\u202eb\\u2066c\\u001b[0m"),
    ],
)
def test_letters_from_right_to_left_cannot_move_others(text: str, shown: str) -> None:
    assert texts(text) == [shown]


def test_lines_have_a_number() -> None:
    assert len(texts(*["a"] * MAX_LINES)) == MAX_LINES
    more = texts(*["a"] * (MAX_LINES + 1))
    assert len(more) == MAX_LINES + 1
    assert "assay explain" in more[-1]


def test_a_line_has_a_length() -> None:
    assert texts("a" * MAX_CHARACTERS) == ["a" * MAX_CHARACTERS]
    assert texts("a" * (MAX_CHARACTERS + 1)) == ["a" * MAX_CHARACTERS + " …"]


@given(st.text(max_size=120))
def test_any_text_comes_out_as_text(text: str) -> None:
    (line,) = lines([text], KNOWN)
    assert without_tags(str(line.text)) == show(text.lstrip(" "))
    assert line.depth <= 6


@given(st.text(alphabet="אب ،1٣a\u0301,-", max_size=2000))
def test_runs_are_found_in_any_mixture(text: str) -> None:
    (line,) = lines([text], KNOWN)
    assert without_tags(str(line.text)) == show(text.lstrip(" "))
