"""What specimens hand to other apps: by design, and what is counted where the budget ends."""

from typing import Any

import pytest

from assay.applications.tracing import Tracing
from assay.bytecode.provenance.terms import Kind, Term
from assay.bytecode.sites.choice import MIN_CHAIN
from assay.facts.comparisons import offered_files, offered_intents, offered_providers, offers
from assay.facts.comparisons.offer_rows import OfferRows
from assay.facts.comparisons.offered import Offered
from assay.facts.comparisons.offers import list_offers
from assay.facts.comparisons.outside import FILE, Handle
from assay.model.coverage import NotFollowed
from assay.vocabulary.offers import ListOffer, OfferGate
from tests.applications import apps

TERMS, URL = "org.example.keeper.terms", "address:https://terms.example.test/list"
SENT = "org.example.action.TERMS"


def rows(name: str) -> list[Any]:
    return [each.row for each in list_offers(apps.specimen(name))]


def handed(name: str) -> dict[tuple[str, str, str, str], ListOffer]:
    found = [row for row in rows(name) if isinstance(row, ListOffer)]
    told = {(row.channel, row.way, row.handle, row.part): row for row in found}
    assert len(told) == len(found)
    return told


def test_each_way_out_of_the_keeper_is_told_with_what_it_gives() -> None:
    origins = {
        key: (row.origin, row.remote_content, row.access, row.recipient) for key, row in handed("keeper").items()
    }
    needed = "permission org.example.permission.READ_TERMS"
    assert origins == {
        ("provider", "query", TERMS, "words"): ("downloaded", "yes", needed, ""),
        ("provider", "query", TERMS, "seasons"): ("resource", "no", needed, ""),
        ("provider", "stream", TERMS, ""): ("downloaded", "yes", needed, ""),
        ("provider", "query", "org.example.keeper.labels", ""): ("constants", "no", "closed", ""),
        ("intent", "broadcast", SENT, "terms"): ("downloaded", "yes", "any", "org.example.reader"),
        ("file", "file", "external:keeper/terms.json", ""): ("downloaded", "yes", "any", ""),
    }


def test_an_address_and_the_gate_of_the_download_stand_with_it() -> None:
    found = handed("keeper")
    downloaded = [row for row in found.values() if row.origin == "downloaded"]
    assert all(URL in row.detail and row.unfollowed == () for row in downloaded)
    assert {row.asks for row in downloaded} == {("property:ro.product.market (vendor's build)",)}
    truth = {(row.offer, row.profile): row for row in rows("keeper") if isinstance(row, OfferGate)}
    assert {row.offer for row in downloaded} == {offer for offer, _ in truth}
    for row in downloaded:
        assert [truth[row.offer, one].unset for one in ("eu-lt", "cn", "unknown")] == ["closed", "open", "closed"]
        assert [truth[row.offer, one].server_opens for one in ("eu-lt", "cn")] == ["no", "yes"]
    assert found["provider", "query", "org.example.keeper.labels", ""].terms == ("amber", "birch", "cobalt")


def test_a_provider_of_what_users_wrote_hands_out_something_else() -> None:
    (row,) = handed("notes-g1").values()
    assert (row.handle, row.origin, row.remote_content) == ("org.example.notes.provider", "other", "unknown")


@pytest.mark.parametrize("name", ["clock", "carrier", "dialer", "reader"])
def test_apps_that_hand_out_nothing_have_no_rows(name: str) -> None:
    assert rows(name) == []


@pytest.mark.parametrize(("limit", "told", "left"), [(7, 6, 0), (6, 5, 1), (0, 0, 7)])
def test_what_lies_beyond_the_budget_is_counted(
    monkeypatch: pytest.MonkeyPatch, limit: int, told: int, left: int
) -> None:
    """Seven things are handed out, of which one, what the provider gives for other paths, is nothing."""
    monkeypatch.setattr(offers, "MAX_OFFERS", limit)
    found = rows("keeper")
    assert len([row for row in found if isinstance(row, ListOffer)]) == told
    counted = [row.count for row in found if isinstance(row, NotFollowed)]
    assert counted == ([left] if left else [])


def test_no_work_left_leaves_all_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "MAX_WORK", -1)
    assert [type(row) for row in rows("keeper")] == [NotFollowed]


@pytest.mark.parametrize(("limit", "parts"), [(2, ["seasons", "words"]), (1, ["", ""])])
def test_more_paths_than_the_limit_are_not_told_apart(
    monkeypatch: pytest.MonkeyPatch, limit: int, parts: list[str]
) -> None:
    monkeypatch.setattr(offered_providers, "MOST_PATHS", limit)
    found = [row for row in rows("keeper") if isinstance(row, ListOffer) and row.handle == TERMS and row.way == "query"]
    assert sorted(row.part for row in found) == parts
    assert {row.origin for row in found} == {"downloaded", "resource"}


@pytest.mark.parametrize("limit", [3, 2, 1, 0])
def test_alternatives_beyond_the_limit_stay_together(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(offered_providers, "MOST_ALTERNATIVES", limit)
    assert {row.origin for row in rows("keeper") if isinstance(row, ListOffer)} == {
        "downloaded", "resource", "constants",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "limit", "enough", "channel"),
    [(offered_intents, "MOST_PUT", 1, "intent"), (offered_files, "MOST_WRITERS", 1, "file")],
)
def test_calls_beyond_the_limit_are_counted(
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    limit: str,
    enough: int,
    channel: str,
) -> None:
    monkeypatch.setattr(module, limit, enough)
    assert [row for row in rows("keeper") if isinstance(row, NotFollowed)] == []
    monkeypatch.setattr(module, limit, enough - 1)
    found = rows("keeper")
    assert [row.count for row in found if isinstance(row, NotFollowed)] == [1]
    told = [row for row in found if isinstance(row, ListOffer) and row.channel == channel]
    assert told == []


def test_the_same_code_gives_the_same_rows() -> None:
    assert rows("keeper") == rows("keeper")


@pytest.mark.parametrize(("many", "told"), [(MIN_CHAIN - 1, []), (MIN_CHAIN, ["constants"])])
def test_so_many_constants_in_a_shared_file_are_a_list(many: int, told: list[str]) -> None:
    app = apps.specimen("keeper")
    tracing = Tracing(app)
    terms, written = tracing.evaluator.terms, [f"word{number}" for number in range(many)]
    made = terms.add(Term(kind=Kind.OBJECT, name="[Ljava/lang/String;"))
    held = (made, *(terms.constant("string", each) for each in written))
    content = terms.add(Term(kind=Kind.CONTENT, name="[]", inputs=held))
    offered = Offered(Handle(FILE, "file", "external:shared/words.txt"), 0, 0, content)
    found = [row for row in OfferRows(app, tracing).of(offered) if isinstance(row, ListOffer)]
    assert [row.origin for row in found] == told
    assert [list(row.terms) for row in found] == [written] * len(told)
