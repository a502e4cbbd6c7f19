"""Rows of flows in the specimens, whose sources say what they read and where they send it."""

from assay.facts.code_flows.code_flows import code_flows
from assay.vocabulary.comparisons import CodeFlow
from tests.applications.apps import specimen
from tests.bytecode.program import kin as k
from tests.facts.weaknesses.apps import app

COLLECTOR, PAGES = "https://collect.example.test/v1/events?d=", "https://stats.example.test/page?u="


def rows(name: str) -> list[CodeFlow]:
    return [each.row for each in code_flows(specimen(name)) if isinstance(each.row, CodeFlow)]


def test_telemetry_sends_the_identifier_encoded_to_its_collector() -> None:
    found = [each for each in rows("telemetry") if each.source == "identifier.android-id"]
    assert {(each.sink, each.recipient, each.through, each.source_api) for each in found} == {
        ("effect.network", (COLLECTOR,), ("write-json", "encode-base64", "encode-url"), "settings:secure/android_id")
    }
    assert "Lorg/example/telemetry/UploadService;->onStartCommand(Landroid/content/Intent;II)I" in {
        each.entry for each in found
    }


def test_telemetry_sends_pages_to_two_places_each_with_its_own_content() -> None:
    found = {(each.recipient, each.through) for each in rows("telemetry") if each.source_api.endswith("/page")}
    assert found == {((COLLECTOR,), ()), ((PAGES,), ("encode-url",))}


def test_ways_in_are_told_apart_and_named_from_the_entry_on() -> None:
    (page,) = {each.chain for each in rows("telemetry") if each.recipient == (PAGES,)}
    steps = [step.partition(";->")[2].partition("(")[0] for step in page]
    assert steps == ["onStartCommand", "run", "lambda$onStartCommand$0", "sendPage"]
    assert page[0].endswith("(thread)")


def test_the_notes_store_what_was_typed() -> None:
    found = {(each.source, each.sink, each.recipient) for each in rows("notes-g1")}
    assert ("text.typed", "effect.store", ("file:notes.json",)) in found
    assert not any(sink == "effect.network" for _, sink, _ in found)


def test_the_dialer_files_messages_under_two_addresses() -> None:
    found = {(each.source, each.sink, each.recipient) for each in rows("dialer")}
    assert found == {
        ("text.sms", "effect.insert", ("provider:content://sms/inbox",)),
        ("text.sms", "effect.insert", ("provider:content://org.example.dialer.messages/spam",)),
    }


def test_a_clock_sends_nothing_of_the_phone() -> None:
    assert rows("clock") == []


def test_an_app_without_code_has_no_rows() -> None:
    assert list(code_flows(app([k.kin("LA;")]))) == []


def test_the_same_app_gives_the_same_rows() -> None:
    assert rows("telemetry") == rows("telemetry")
