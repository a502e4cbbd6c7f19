"""What follows in the built specimens: what their sources say."""

from functools import cache

import pytest

from assay.applications.tracing import Tracing
from assay.bytecode.sites.program import program_sites
from assay.facts.comparisons.found import Finder, Found
from tests.applications import apps
from tests.bytecode.program.test_sites import SPECIMENS


@cache
def found(name: str) -> tuple[Found, ...]:
    app = apps.opened((SPECIMENS / f"{name}.apk").read_bytes(), package="org.example.specimen")
    sites, finder = program_sites(app.code), Finder(Tracing(app))
    return tuple(each for site in sites.taken(sites.kept) for each in finder.at(site))


@pytest.mark.parametrize(
    ("name", "text", "consequences"),
    [
        ("notes-g1", "typed", ("logged", "message", "refused")),
        ("notes-renamed", "typed", ("logged", "message", "refused")),
        ("ads", "advertisement", ("dropped",)),
        ("dialer", "sms", ("refused",)),
    ],
)
def test_what_follows_is_what_the_source_does(name: str, text: str, consequences: tuple[str, ...]) -> None:
    assert {each.outcome.consequences for each in found(name) if each.text_side.word == text} == {consequences}


def test_the_message_is_what_is_shown_and_not_where_the_word_comes_from() -> None:
    (notes,) = [each for each in found("notes-g1") if each.site.family != "native"]
    shown = {text for effect in notes.outcome.effects if effect.consequence == "message" for text in effect.texts}
    assert ": " in shown
    assert any(text.startswith("resource:0x7f") for text in shown)
    assert not [text for text in shown if "guard" in text or "/" in text]
