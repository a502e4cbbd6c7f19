import pytest

from assay.findings import rulebook
from assay.model.errors import UsageError
from assay.verdicts import claimbook
from assay.verdicts.claim import Need
from assay.verdicts.plan import Access, plan
from assay.verdicts.standing import Logic
from tests.verdicts.samples import claim

CLAIMS = claimbook.load(rulebook.load())


def test_app_data_and_traffic_of_system_apps_stay_closed_on_a_stock_phone() -> None:
    (found,) = plan([claim(needs=(Need(evidence="app-data"), Need(evidence="capture-with-keys")))], Access.STOCK)
    assert [item.evidence for item in found.items] == ["app-data", "capture-with-keys"]
    assert found.untestable == (
        "app-data: data of system apps are not readable",
        "capture-with-keys: system apps reject certificates installed by the user: their traffic stays unread",
    )


def test_an_image_alone_has_neither() -> None:
    (found,) = plan([claim(needs=(Need(evidence="app-data"), Need(evidence="package-code")))], Access.FIRMWARE)
    assert found.items[0].how == ""
    assert found.untestable[0] == "app-data cannot be had at this access: an image has no data of users"
    assert "in the image of exactly that build" in found.items[1].how


def test_a_rooted_phone_withholds_nothing_but_what_this_version_cannot_look_at() -> None:
    asked = claim(needs=(Need(evidence="package-code", run="the apps of that build"),), unexamined=("timers",))
    (found,) = plan([asked], Access.ROOTED)
    assert found.items[0].run == "the apps of that build"
    assert found.untestable == ("timers in code: not examined by this version",)


def test_what_no_phone_shows_is_said_first() -> None:
    (found,) = plan([claim(logic=Logic.NOT_TESTABLE, needs=(Need(evidence="documents"),))], Access.ROOTED)
    assert found.untestable == ("no examination of a phone can answer it",)


@pytest.mark.parametrize("access", Access)
def test_every_claim_has_a_plan_and_what_cannot_be_had_says_why(access: Access) -> None:
    for one in plan(CLAIMS, access):
        assert one.items, one.claim
        assert all(item.how or item.withheld for item in one.items), one.claim


def test_claims_are_chosen_by_pattern() -> None:
    assert {one.id.split("/")[0] for one in claimbook.select(CLAIMS, ["bsi-2022/*", "law/*"])} == {"bsi-2022", "law"}
    assert claimbook.select(CLAIMS, []) == CLAIMS
    with pytest.raises(UsageError, match="no claim has this id"):
        claimbook.select(CLAIMS, ["bsi-2023/*"])
