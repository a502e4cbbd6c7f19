"""Every stage comes out as canonical lines, sorted, the same for the same case."""

import json

from assay.model import canonical
from assay.reports.json_lines import STAGES, json_lines
from tests.reports import case_rows, synthetic


def test_every_stage_is_a_file_of_sorted_canonical_lines() -> None:
    made = json_lines(synthetic.case())
    assert list(made) == [f"{stage}.jsonl" for stage in STAGES]
    for content in made.values():
        lines = content.splitlines(keepends=True)
        assert lines == sorted(lines)
        assert all(canonical.line(json.loads(line)) + b"\n" == line for line in lines)


def test_a_fact_stands_once_however_many_handsets_carry_it() -> None:
    facts = [json.loads(line) for line in json_lines(synthetic.case())["facts.jsonl"].splitlines()]
    assert len({fact["fact"] for fact in facts}) == len(facts)
    assert {"term_list", "transfer", "package"} <= {fact["table"] for fact in facts}
    assert all("handset" not in fact for fact in facts)


def test_an_artefact_lists_where_it_lies() -> None:
    artefacts = [json.loads(line) for line in json_lines(synthetic.case())["artefacts.jsonl"].splitlines()]
    (shared,) = [one for one in artefacts if one["sha256"] == case_rows.digest("app/notes.apk")]
    assert [one["handset"] for one in shared["occurrences"]] == sorted(case_rows.NAMES)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert json_lines(synthetic.case()) == json_lines(synthetic.case())
