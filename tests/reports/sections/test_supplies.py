"""Lists that come from other apps: told by handset with the place of both, and bounded on the page."""

from typing import Any

import msgspec

from assay.engine.story import told
from assay.reports.html import html
from assay.reports.sections.comparisons import MOST, ComparisonView, comparison
from assay.vocabulary.offers import ListOffer, ListRequest
from tests.reports import case_rows, synthetic
from tests.reports.sections.test_comparisons import row

PLACE = "method:Lk/P;->query()V+0x2"


def request(handle: str = "org.example.k", fact: str = "words") -> ListRequest:
    return ListRequest(place="method:La;->b()V+0x0", comparison="c-1", package="org.example.a", channel="provider",
                       way="query", handle=handle, part=fact)  # fmt: skip


def offer(number: int = 0, **more: Any) -> ListOffer:
    given: dict[str, Any] = {
        "place": PLACE, "offer": f"o-{number}", "package": f"org.example.k{number}", "component": "k.P",
        "channel": "provider", "way": "query", "handle": "org.example.k", "part": "", "recipient": "", "access": "any",
        "origin": "downloaded", "detail": ("address:https://terms.example.test/l",), "terms": (),
        "remote_content": "yes", "gate": "market", "asks": (), "unfollowed": (),
    }  # fmt: skip
    return ListOffer(**given | more)


def made(*facts: Any, offers: tuple[ListOffer, ...] = (), handset: str = "A") -> case_rows.Rows:
    rows = case_rows.Rows()
    for name, own in (("a.dex", (row(list_origin="provider", remote_content="unknown"), *facts)), ("k.dex", offers)):
        where = rows.artefact(name, handset, kind="dex")
        for fact in own:
            rows.add(where, fact)
    return rows


def view(*facts: Any, offers: tuple[ListOffer, ...] = ()) -> ComparisonView:
    (one,) = comparison(made(*facts, offers=offers).database(), "c-1")
    return one


def test_who_hands_over_what_stands_with_place_and_file_of_code() -> None:
    found = view(request(), offers=(offer(),))
    (supply,) = found.supplies
    assert (supply.handset, supply.supplier, supply.origin, supply.gate) == (
        "A", "org.example.k0", "downloaded", "market",
    )  # fmt: skip
    assert supply.offer_place == PLACE
    assert supply.offer_artefact != found.artefact
    assert (found.missing, found.remote_content) == ((), "yes")
    text = "\n".join(told(found))
    assert "handed over  A: org.example.k0 by provider org.example.k/words, from downloaded" in text
    assert f"{PLACE} in {supply.offer_artefact}" in text


def test_what_nobody_hands_over_is_named() -> None:
    found = view(request("org.example.absent"))
    assert [gap.handset for gap in found.missing] == ["A"]
    assert found.remote_content == "unknown"
    assert "not found    A: provider org.example.absent/words: no app of this handset" in "\n".join(told(found))


def test_many_are_counted_and_nothing_of_evidence_is_markup() -> None:
    many = tuple(offer(number, package=f"<b>{number}</b>", gate="<i>\x1b") for number in range(MOST + 1))
    found = view(request(), offers=many)
    assert len(found.supplies) == MOST + 1
    text = "\n".join(told(found))
    assert "and 1 more" in text
    assert "\x1b" not in text
    rows = made(request(), offers=many, handset="Specimen North")
    page = html(msgspec.structs.replace(synthetic.case(), database=rows.database()))["index.html"].decode("utf-8")
    assert "<dt>Handed over by</dt><dd>and 1 more</dd>" in page
    assert "<i>" not in page
