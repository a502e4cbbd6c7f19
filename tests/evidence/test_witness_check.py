"""Witnesses written by hand hold; whatever is changed in them does not; and hostile ones end in a clear way."""

import copy
import itertools
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.evidence import plain_code, plain_dex, witness_check
from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold
from tests.evidence.hand_witnesses import BUILT, Trails, dex_of, dialer, notes, sha_of

WITNESSES = {"notes-g1": notes(), "dialer": dialer()}
FILES = {sha_of(name): dex_of(name) for name in ("notes-g1", "dialer", "telemetry")}
DEXES = {sha: Dex(data) for sha, data in FILES.items()}


def check(trails: Trails) -> None:
    for dex in DEXES.values():
        dex.left = plain_dex.WORK
    witness_check.verify(trails, DEXES)


CORRUPTIONS, SEED = 1_000, 20_260_401


@pytest.mark.parametrize("name", WITNESSES)
def test_a_witness_written_from_the_listing_holds(name: str) -> None:
    check(WITNESSES[name])


@pytest.mark.parametrize("name", WITNESSES)
def test_no_step_of_them_can_be_left_out(name: str) -> None:
    for trail, steps in WITNESSES[name].items():
        for at in range(len(steps)):
            with pytest.raises(DoesNotHold, match=trail):
                check({trail: steps[:at] + steps[at + 1 :]})


def test_the_checker_stays_short_enough_to_be_read_whole() -> None:
    assert len(Path(witness_check.__file__).read_text(encoding="utf-8").splitlines()) <= 150


def _changed(trails: Trails, trail: str, at: int, **fields: Any) -> Trails:
    found = copy.deepcopy(trails)
    found[trail][at] |= fields
    return found


def _corrupted(chance: random.Random, trails: Trails) -> tuple[str, Trails] | None:  # noqa: C901, PLR0911, PLR0912
    """Change one thing; None where the change drawn would say nothing else, or would be true as well.

    No instruction in these methods copies a register that a step names, so a value is in one register alone. A step
    keeps its own reference, so another place where the same is named is never drawn.
    """
    trail = chance.choice(sorted(trails))
    steps = trails[trail]
    at = chance.randrange(len(steps))
    step, other = steps[at], chance.choice(steps)
    way = chance.choice(
        ["register", "to", "callee", "swapped", "dropped", "dead", "method", "dex", "side", "value", "origin",
         "outcome", "store", "kind"]
    )  # fmt: skip
    match way:
        case "register" | "to" if step.get(way) is not None:
            wrong = chance.choice([each for each in range(8) if each != step[way]])
            return way, _changed(trails, trail, at, **{way: wrong})
        case "callee" if "reference" in step and other.get("reference", step["reference"]) != step["reference"]:
            return way, _changed(trails, trail, at, reference=other["reference"])
        case "swapped" if at + 1 < len(steps):
            return way, {**trails, trail: [*steps[:at], steps[at + 1], step, *steps[at + 2 :]]}
        case "dropped" if 0 < at < len(steps) - 1:
            return way, {**trails, trail: steps[:at] + steps[at + 1 :]}
        case "dead" if step["kind"] not in {"return", "constant"}:
            return way, _changed(trails, trail, at, code_offset=chance.choice([step["code_offset"] + 1, -1, 1 << 16]))
        case "method" if (other["method"], other["code_offset"]) != (step["method"], step["code_offset"]):
            named = {"class": other["class"], "method": other["method"]}
            taken = {(each["class"], each["method"], each["code_offset"]) for each in itertools.chain(*trails.values())}
            there = (other["class"], other["method"], step["code_offset"]) in taken
            return None if there else (way, _changed(trails, trail, at, **named))
        case "dex":
            return way, _changed(trails, trail, at, dex=chance.choice([sha_of("telemetry"), "0" * 64]))
        case "side" if "side" in step:
            wrong = {0x1C: 0x0C, 0x14: 0x4F, 0x06: 0x4F, 0x33: 0x39}.get(step["code_offset"], 0)
            wrong = 0x20 if step["dex"] == sha_of("dialer") and step["code_offset"] == 0x1C else wrong
            return way, _changed(trails, trail, at, side=wrong)
        case "value" if "value" in step:
            return way, _changed(trails, trail, at, value=step["value"] ^ 1)
        case "origin" if "origin" in step:
            wrong = chance.choice([each for each in range(0x18) if each != step["origin"]])
            return way, _changed(trails, trail, at, origin=wrong)
        case "outcome" if "outcome" in step:
            return way, _changed(trails, trail, at, outcome=-1 if step["outcome"] == 0 else 0)
        case "store" if "store" in step:
            return way, _changed(trails, trail, at, store="settings")
        case "kind" if {step["kind"], other["kind"]} & {"return", "field-read", "field-write", "constant", "branch"}:
            if step["kind"] != other["kind"]:
                return way, _changed(trails, trail, at, kind=other["kind"])
    return None


@pytest.mark.mutation
def test_a_thousand_seeded_corruptions_are_all_rejected() -> None:
    chance, ways, passed = random.Random(SEED), set[str](), []
    drawn = (_corrupted(chance, WITNESSES[chance.choice(sorted(WITNESSES))]) for _ in itertools.count())
    for way, corrupted in itertools.islice((each for each in drawn if each is not None), CORRUPTIONS):
        ways.add(way)
        try:
            check(corrupted)
        except (DoesNotHold, *FAULTS):
            continue
        passed.append((way, corrupted))
    assert passed == []
    assert len(ways) == 14


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@given(st.data())
def test_junk_in_a_field_is_an_answer_and_never_a_fault_of_ours(data: st.DataObject) -> None:
    trails = copy.deepcopy(WITNESSES["dialer"])
    steps = trails[data.draw(st.sampled_from(sorted(trails)))]
    step = data.draw(st.sampled_from(steps))
    field = data.draw(st.sampled_from([*sorted(step), "side", "key"]))
    step[field] = data.draw(JUNK)
    try:
        check(trails)
    except (DoesNotHold, *FAULTS):
        pass


def _run(folder: Path, *arguments: str) -> tuple[int, str]:
    for module in (witness_check, plain_code, plain_dex):
        shutil.copy(str(module.__file__), folder)
    command = [sys.executable, "-E", "-S", str(folder / "witness_check.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", timeout=60)
    assert done.stderr == ""
    return done.returncode, done.stdout


def _write(folder: Path, value: object) -> str:
    path = folder / "witness.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return str(path)


def test_it_runs_alone_on_packages_and_dex_files(tmp_path: Path) -> None:
    witness = _write(tmp_path, {"trails": WITNESSES["notes-g1"]})
    assert _run(tmp_path, witness, str(BUILT / "dialer.apk"), str(BUILT / "notes-g1.apk")) == (
        0, f"{witness}: all 71 steps hold\n")  # fmt: skip
    (tmp_path / "a.dex").write_bytes(dex_of("notes-g1"))
    assert _run(tmp_path, witness, str(tmp_path / "a.dex"))[0] == 0


def test_exit_codes_tell_what_does_not_hold_from_what_cannot_be_read(tmp_path: Path) -> None:
    good = str(BUILT / "notes-g1.apk")
    wrong = _changed(WITNESSES["notes-g1"], "text", 3, register=2)
    code, said = _run(tmp_path, _write(tmp_path, {"trails": wrong}), good)
    assert (code, "text, step 4" in said) == (5, True)
    witness = _write(tmp_path, {"trails": WITNESSES["notes-g1"]})
    assert _run(tmp_path, witness, str(BUILT / "dialer.apk"))[0] == 3
    assert _run(tmp_path, witness, str(tmp_path / "none"))[0] == 3
    assert _run(tmp_path, _write(tmp_path, [1]), good)[0] == 3
    assert _run(tmp_path, witness)[0] == 2


def test_a_witness_nested_without_end_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 200_000, encoding="utf-8")
    assert _run(tmp_path, str(tmp_path / "deep.json"), str(BUILT / "dialer.apk"))[0] == 3


def test_names_of_evidence_cannot_reach_a_terminal(tmp_path: Path) -> None:
    trails = _changed(WITNESSES["dialer"], "text", 0, kind="\x1b[2J\u202e")
    assert "\x1b" not in _run(tmp_path, _write(tmp_path, {"trails": trails}), str(BUILT / "dialer.apk"))[1]


def test_a_trail_ends_where_its_name_says_and_trails_meet() -> None:
    trails = WITNESSES["dialer"]
    wrongs: list[Trails] = [{}, {"text": []}, {"other": trails["text"]}, {"text": trails["outcome"]}]
    for wrong in [*wrongs, {"outcome": trails["text"]}]:
        with pytest.raises(DoesNotHold):
            check(wrong)
    with pytest.raises(DoesNotHold, match="meet"):
        check({"text": trails["text"], "list": WITNESSES["notes-g1"]["list"]})


def test_a_call_returns_to_where_it_came_from() -> None:
    trails = copy.deepcopy(WITNESSES["notes-g1"])
    flow = trails["flow"]
    flow[7] = {**WITNESSES["notes-g1"]["list"][18]}  # another call of the same method, in another one
    with pytest.raises(DoesNotHold, match="flow, step 8"):
        check({"flow": flow})
