"""From where outside their apps comparisons of specimens take their lists."""

from typing import Any

from assay.facts.comparisons.comparisons import comparisons
from assay.vocabulary.comparisons import Comparison
from assay.vocabulary.offers import ListRequest
from tests.applications import apps

TERMS = "org.example.keeper.terms"
Asked = set[tuple[str, str, str, str]]


def asked(name: str) -> dict[str, tuple[str, Asked]]:
    """List origin and requests by the name of the method that the system enters."""
    found: list[Any] = [each.row for each in comparisons(apps.specimen(name))]
    entries = {row.comparison: row for row in found if isinstance(row, Comparison)}
    told: dict[str, tuple[str, Asked]] = {}
    for row in entries.values():
        told[row.entry.partition("->")[2].partition("(")[0]] = (row.list_origin, set())
    for row in found:
        if isinstance(row, ListRequest):
            entry = entries[row.comparison].entry.partition("->")[2].partition("(")[0]
            told[entry][1].add((row.channel, row.way, row.handle, row.part))
    return told


def test_each_channel_is_told_with_its_handle() -> None:
    sent = {("intent", "broadcast", name, "terms") for name in ("org.example.action.TERMS",
            "org.example.reader.TermsReceiver")}  # fmt: skip
    assert asked("reader") == {
        "onWordsClicked": ("provider", {("provider", "query", TERMS, "words")}),
        "onSeasonsClicked": ("provider", {("provider", "query", TERMS, "seasons")}),
        "onLabelsClicked": ("provider", {("provider", "query", "org.example.keeper.labels", "all")}),
        "onAbsentClicked": ("provider", {("provider", "query", "org.example.absent.terms", "words")}),
        "onStreamClicked": ("provider", {("provider", "stream", TERMS, "file")}),
        "onSharedClicked": ("file", {("file", "file", "external:keeper/terms.json", "")}),
        "onAssetClicked": ("asset", {("package", "asset", "org.example.keeper", "seasonal.txt")}),
        "onSentClicked": ("intent", sent),
    }


def test_lists_of_an_app_of_its_own_are_asked_of_nobody() -> None:
    for name in ("ads", "dialer", "notes-g1"):
        found = asked(name)
        assert found
        assert all(requests == set() for _, requests in found.values())
