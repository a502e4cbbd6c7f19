"""The truth file against the evidence, by means of their own: the standard library and a plain search."""

import base64
import binascii
import csv
import ipaddress
import json
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "src" / "assay" / "data" / "demo"
TRUTH = tomllib.loads((HERE / "truth.toml").read_text("utf-8"))
PLANTED = tomllib.loads((DEMO / "planted.toml").read_text("utf-8"))["value"]
CAPTURES = sorted(path.relative_to(DEMO).as_posix() for path in DEMO.rglob("*.har"))
LISTS = {row["name"]: row for row in TRUTH["list"]}

Hit = tuple[str, int, str, str, tuple[str, ...]]


def har(capture: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((DEMO / capture).read_text("utf-8"))["log"]["entries"]
    return entries


def body_text(answer: dict[str, Any]) -> str:
    content = answer["content"]
    text: str = content.get("text", "")
    return base64.b64decode(text).decode() if content.get("encoding") == "base64" else text


def body_pieces(request: dict[str, Any]) -> Iterator[tuple[str, str]]:
    post = request.get("postData", {})
    if "json" in post.get("mimeType", ""):
        yield "json", post["text"]
    elif post.get("text"):
        yield from (("form", piece.partition("=")[2]) for piece in post["text"].split("&"))
    else:
        yield from (("form", field["value"]) for field in post.get("params", []))


def pieces(request: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (("query", piece.partition("=")[2]) for piece in urlsplit(request["url"]).query.split("&"))
    yield from (("header", row["value"]) for row in request["headers"] if row["name"].lower() != "cookie")
    yield from (("cookie", row["value"]) for row in request["cookies"])
    yield from body_pieces(request)


def decoded(text: str, wrapping: str) -> str:
    try:
        blob = bytes.fromhex(text) if wrapping == "hex" else base64.b64decode(text, validate=True)
        return blob.decode()
    except (binascii.Error, ValueError):
        return ""


def unwrapped(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    plain = unquote(text)
    outer = ("percent",) if plain != text else ()
    yield outer, plain
    for wrapping in ("base64", "hex"):
        yield (*outer, wrapping), decoded(plain, wrapping)


def search(capture: str) -> Iterator[Hit]:
    for number, entry in enumerate(har(capture)):
        for place, piece in pieces(entry["request"]):
            for chain, text in unwrapped(piece):
                yield from ((capture, number, row["label"], place, chain) for row in PLANTED if row["value"] in text)


@pytest.mark.parametrize("capture", CAPTURES)
def test_every_planted_value_and_no_other_is_where_the_truth_says(capture: str) -> None:
    rows = [row for row in TRUTH["planted_hit"] if row["capture"] == capture]
    stated = [(capture, row["entry"], row["label"], row["place"], tuple(row["chain"])) for row in rows]
    assert sorted(search(capture)) == sorted(stated)
    assert stated


@pytest.mark.parametrize("wrapping", ["", "percent", "base64", "hex"])
def test_each_wrapping_occurs(wrapping: str) -> None:
    chains = [row["chain"] for row in TRUTH["planted_hit"]]
    assert any(wrapping in chain if wrapping else not chain for chain in chains)


def test_each_place_occurs() -> None:
    assert {row["place"] for row in TRUTH["planted_hit"]} == {"query", "json", "form", "cookie", "header"}


@pytest.mark.parametrize("capture", CAPTURES)
def test_transfers_are_those_of_the_capture(capture: str) -> None:
    stated = [row for row in TRUTH["transfer"] if row["capture"] == capture]
    seen = har(capture)
    assert [row["host"] for row in stated] == [urlsplit(entry["request"]["url"]).hostname for entry in seen]
    assert [row["address"] for row in stated] == [entry["serverIPAddress"].strip("[]") for entry in seen]
    assert [row["status"] for row in stated] == [entry["response"]["status"] for entry in seen]


def lookup(database: str, address: str) -> str:
    with (DEMO / "databases" / f"{database}.csv").open(encoding="ascii") as rows:
        for row in csv.DictReader(rows):
            start, end = ipaddress.ip_address(row["start"]), ipaddress.ip_address(row["end"])
            wanted = ipaddress.ip_address(address)
            if start.version == wanted.version and int(start) <= int(wanted) <= int(end):
                return row["country"]
    return ""


@pytest.mark.parametrize("row", TRUTH["recipient"], ids=lambda row: f"{row['handset']}-{row['host']}")
def test_countries_are_those_of_the_databases(row: dict[str, Any]) -> None:
    assert (lookup("alpha", row["address"]), lookup("beta", row["address"])) == (row["alpha"], row["beta"])


def test_exactly_one_used_address_is_disputed() -> None:
    used = {row["address"] for row in TRUTH["recipient"]}
    assert [one for one in used if lookup("alpha", one) != lookup("beta", one)] == ["203.0.113.140"]


def test_recipients_outside_the_eea_are_two_three_and_three() -> None:
    table = TRUTH["recipients_with_planted_values"]
    assert [len(table[f"{handset}_outside_eea"]) for handset in ("north", "west", "east")] == [2, 3, 3]


def guard(place: str) -> list[str]:
    words: list[str] = json.loads((DEMO / place).read_text("utf-8"))["words"]
    return words


def folded(records: list[str]) -> set[str]:
    return {unicodedata.normalize("NFKC", record.strip()).casefold() for record in records}


@pytest.mark.parametrize("handset", ["north", "west", "east"])
@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("guard", "app-data/org.example.notes/files/guard.json"),
        ("guard", "snapshots/guard/2021-09-20-full.json"),
        ("guard-newer", "snapshots/guard/2021-11-15-newer.json"),
        ("guard-empty", "snapshots/guard/2022-01-05-empty.json"),
    ],
)
def test_guard_lists_count_as_the_truth_says(handset: str, name: str, file: str) -> None:
    records = guard(f"{handset}/{file}")
    row = LISTS[name]
    assert (len(records), len(set(records)), len(folded(records))) == (row["raw"], row["unique"], row["unique_normal"])


def test_changes_between_versions_count_as_the_truth_says() -> None:
    full = folded(guard("north/snapshots/guard/2021-09-20-full.json"))
    newer = folded(guard("north/snapshots/guard/2021-11-15-newer.json"))
    first, second = TRUTH["list_change"]
    assert (len(newer - full), len(full - newer)) == (first["added"], first["removed"]) == (37, 12)
    assert (second["added"], second["removed"], second["emptied"]) == (0, len(newer), True)


@pytest.mark.parametrize(
    ("capture", "carries"),
    [
        ("north/captures/idle.har", True),
        ("west/captures/first-hour.har", False),
        ("east/captures/first-hour.har", True),
    ],
)
def test_the_list_is_transferred_only_where_none_was_cached(capture: str, carries: bool) -> None:  # noqa: FBT001
    entries = [entry for entry in har(capture) if "/guard?" in entry["request"]["url"]]
    answers = [json.loads(body_text(entry["response"])) for entry in entries]
    assert ["words" in answer for answer in answers] == [carries]


def test_the_answer_in_base64_is_the_stored_list() -> None:
    answers = [body_text(entry["response"]) for entry in har("east/captures/first-hour.har")]
    assert (DEMO / "east/app-data/org.example.notes/files/guard.json").read_text("utf-8") in answers


def test_outcomes_of_the_trial_are_on_its_screens() -> None:
    folder = DEMO / "east" / "trial-t1"
    trial = tomllib.loads((folder / "trial.toml").read_text("utf-8"))
    control, canary = (next(step for step in trial["step"] if step["role"] == role) for role in ("control", "canary"))
    accepted, refused = ((folder / step["screen"]).read_text("utf-8") for step in (control, canary))
    assert f"note: {control['input']}" in accepted
    assert f"note: {control['input']}" in refused
    assert canary["input"] not in refused
    assert "此内容无法保存" in refused
    assert "此内容无法保存" in (HERE / "apps/notes/res/values-zh/strings.xml").read_text("utf-8")


def test_the_canary_holds_an_entry_of_the_list_and_the_control_none() -> None:
    entries = folded(guard("east/app-data/org.example.notes/files/guard.json"))
    trial = TRUTH["trial"]
    assert [entry for entry in entries if entry in trial["canary"].casefold()] == [trial["canary_entry"].casefold()]
    assert [entry for entry in entries if entry in trial["control"].casefold()] == []


def test_one_file_of_west_breaks_off() -> None:
    text = (DEMO / "west/app-data/org.example.telemetry/files/queue.json").read_text("utf-8")
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


def test_files_and_exhibits_are_counted() -> None:
    files = [path for name in ("north", "west", "east") for path in (DEMO / name).rglob("*") if path.is_file()]
    sidecars = [path for path in files if path.name in {"handset.toml", "snapshots.toml", "trial.toml"}]
    assert (len(files), len(files) - len(sidecars)) == (TRUTH["counts"]["files"], TRUTH["counts"]["exhibits"])
