"""Flows of a case by the labels of their two ends, as text and as JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assay.cli.flows import flows
from assay.engine import work
from assay.engine.executors import Choices
from assay.engine.given import Files
from assay.evidence import intake
from assay.evidence.case_folder import CaseFolder
from tests.cli.bench_run import BUILT


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flows") / "case"
    work.take(folder, intake.understand([str(BUILT / "telemetry.apk")]), Files(), quiet=True)
    work.run(CaseFolder.open(folder), Choices(executor="serial"), quiet=True)
    return folder


def told(case: Path, *arguments: str) -> list[str]:
    done = CliRunner().invoke(flows, [*arguments, str(case)], standalone_mode=False)
    assert done.exception is None
    return done.output.splitlines()


def test_an_identifier_goes_to_the_collector(case: Path) -> None:
    lines = told(case, "--from", "identifier", "--to", "network")
    assert lines
    assert all(
        line.startswith(
            "org.example.telemetry: identifier.android-id > write-json > encode-base64 > encode-url > effect.network "
            "https://collect.example.test/v1/events?d= (method:Lorg/example/telemetry/Upload;->post("
        )
        for line in lines
    )


def test_labels_may_lack_their_first_word_and_are_compared_from_their_beginning(case: Path) -> None:
    assert told(case, "--from", "android-id") == told(case, "--from", "identifier.android-id")
    assert told(case, "--from", "droid-id") == []
    assert told(case, "--from", "identifier", "--to", "sms") == []


def test_json_has_every_column(case: Path) -> None:
    rows = [json.loads(line) for line in told(case, "--from", "intent", "--json")]
    assert {row["source"] for row in rows} == {"text.intent"}
    assert {tuple(row["through"]) for row in rows} == {(), ("encode-url",)}
    assert all(row["chain"] and row["place"] and row["fact"].startswith("f-") for row in rows)


def test_without_options_all_flows_are_listed(case: Path) -> None:
    assert len(told(case)) > len(told(case, "--from", "identifier"))
