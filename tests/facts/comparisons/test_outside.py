"""Names of lists outside an app: URIs of providers and paths that apps share, whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.facts.comparisons.outside import EXTERNAL, normal, of_uri, way_of

AUTHORITY = st.text("abcdefghijklmnopqrstuvwxyz.0123456789", min_size=1, max_size=30)
STEPS = st.lists(st.text("abcXYZ019._-%", min_size=1, max_size=8), max_size=4)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("content://org.example.a/words", ("org.example.a", "words")),
        ("content://org.example.a/", ("org.example.a", "")),
        ("content://org.example.a", ("org.example.a", "")),
        ("content://10@org.example.a/words/2?limit=5#top", ("org.example.a", "words/2")),
        ("content:///words", None),
        ("content://", None),
        ("CONTENT://org.example.a/words", None),
        ("file:///sdcard/words", None),
        ("?", None),
        ("", None),
    ],
)
def test_a_uri_of_a_provider_is_taken_apart(text: str, wanted: tuple[str, str] | None) -> None:
    assert of_uri(text) == wanted


@given(AUTHORITY, STEPS, st.sampled_from(["", "?a=b", "#c", "/", "/?x"]))
def test_authority_and_path_come_back(authority: str, steps: list[str], behind: str) -> None:
    path = "/".join(steps)
    assert of_uri(f"content://{authority}/{path}{behind}") == (authority, path)


@given(st.text(max_size=60))
def test_any_text_is_a_uri_or_none(text: str) -> None:
    found = of_uri(text)
    if found is not None:
        assert found[0]
        assert text.startswith("content://")
        assert not found[1].startswith("/")


@pytest.mark.parametrize("top", ["/sdcard", "/storage/sdcard0", "/storage/emulated/0", "/storage/self/primary"])
@given(steps=st.lists(st.text("abcXYZ019._-", min_size=1, max_size=8), min_size=1, max_size=4))
def test_all_names_of_the_shared_storage_are_one(top: str, steps: list[str]) -> None:
    path = "/".join(steps)
    assert normal(f"{top}/{path}") == f"{EXTERNAL}{path}"


@pytest.mark.parametrize(
    "path", ["/system/etc/words", "/sdcardx/words", "/data/local/tmp/sdcard/words", "/sdcard", "/"]
)
def test_other_paths_stay_as_they_are(path: str) -> None:
    assert normal(path) == path


def test_methods_of_a_resolver_are_ways() -> None:
    assert [way_of(name) for name in ("query", "call", "openInputStream", "openFile", "")] == [
        "query", "call", "stream", "stream", "stream",
    ]  # fmt: skip
