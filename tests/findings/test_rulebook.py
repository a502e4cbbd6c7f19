"""Every shipped rule proves itself by its examples, and a faulty rule is refused with a message that helps."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from assay.findings.database import Database
from assay.findings.evaluate import findings_of
from assay.findings.examples import database_of, failures
from assay.findings.rulebook import Rule, load, rules_in
from assay.model.errors import RulebookError
from assay.vocabulary import TABLES

RULES = load()
GOOD = """
title = "carries a preference"
question = "Is there one?"
grade = "carried"
query = "SELECT handset, name AS subject, list(fact) AS facts, count(*) AS n FROM preference GROUP BY handset, name"
does_not_show = "That it is read."
[[example]]
says = "one"
finds = ["a"]
[[example.rows.preference]]
name = "a"
[[example]]
says = "near miss: none"
finds = []
[example.rows]
"""


@pytest.fixture(scope="module")
def empty() -> Database:
    return Database.over({})


def folder(tmp_path: Path, content: str = GOOD, name: str = "own/rule.toml") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_finds_what_its_examples_say_and_nothing_in_its_near_misses(rule: Rule) -> None:
    assert list(failures(rule)) == []


def doubled(rule: Rule) -> Iterator[dict[str, list[dict[str, Any]]]]:
    for example in rule.examples:
        rows = {table: [dict(row) for row in of] for table, of in deepcopy(example.rows).items()}
        for table in set(rows) & set(TABLES):
            rows[table] += [{**row, "fact": f"again-{table}-{n}"} for n, row in enumerate(rows[table])]
        yield rows


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_same_rows_twice_give_no_subject_twice(rule: Rule) -> None:
    for rows, example in zip(doubled(rule), rule.examples, strict=True):
        found = [finding.subject for finding in findings_of(rule, database_of(rule, rows))]
        assert sorted(found) == sorted(example.finds)


def test_there_are_rules_for_every_theme_and_their_titles_differ() -> None:
    assert len(RULES) >= 24
    themes = {rule.id.split("/")[0] for rule in RULES}
    assert themes == {"lists", "code", "comparisons", "network", "traffic", "packages", "handset", "trials"}
    assert len({rule.title for rule in RULES}) == len(RULES)
    assert [rule.id for rule in RULES] == sorted({rule.id for rule in RULES})


def test_every_example_that_finds_nothing_says_that_it_is_a_near_miss() -> None:
    silent = [
        (rule.id, example.says)
        for rule in RULES
        for example in rule.examples
        if example.says.startswith("near miss") != (not example.finds)
    ]
    assert silent == []


def test_a_rule_of_the_user_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    rules = load([folder(tmp_path)])
    assert len(rules) == len(RULES) + 1
    own = next(rule for rule in rules if rule.id == "own/rule")
    assert list(failures(own)) == []


def test_a_rule_of_the_user_cannot_take_a_shipped_id(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="a rule of this id is shipped"):
        load([folder(tmp_path, name="lists/list-downloaded.toml")])


def test_an_example_that_does_not_hold_is_told(tmp_path: Path, empty: Database) -> None:
    wrong = GOOD.replace('finds = ["a"]', 'finds = ["b"]\ngrade = "observed"')
    (rule,) = rules_in(folder(tmp_path, wrong), empty)
    assert list(failures(rule)) == [
        "own/rule: one: finds ['a'], not ['b']",
        "own/rule: one: grades ['carried'], not observed",
    ]


FAULTS = {
    "not TOML": ("title = ", "not readable as TOML"),
    "a field too many": ('colour = "red"\n' + GOOD, "unknown field `colour`"),
    "no question mark": (GOOD.replace("one?", "one."), "no question mark"),
    "a title that ends a sentence": (GOOD.replace("a preference", "a preference."), "does not go on a sentence"),
    "a title with a capital": (GOOD.replace('"carries', '"Carries'), "does not go on a sentence"),
    "no such grade": (GOOD.replace('"carried"', '"certain"'), "'certain' is no grade"),
    "nothing about what it does not show": (GOOD.replace("That it is read.", " "), "what it does not show"),
    "no subject": (GOOD.replace("AS subject", "AS thing"), "the query gives no subject"),
    "a grade column nobody announced": (GOOD.replace("AS n", "AS n, 'carried' AS grade"), "a grade column"),
    "a table that is not there": (GOOD.replace("FROM preference", "FROM secrets"), "the query fails: Catalog Error"),
    "a statement that writes": (GOOD.replace("SELECT handset", "DELETE FROM x; SELECT handset"), "the query fails"),
    "the clock": (GOOD.replace("count(*) AS n", "now() AS n"), "gives another answer another day"),
    "the day": (GOOD.replace("count(*) AS n", "current_date AS n"), "gives another answer another day"),
    "chance": (GOOD.replace("count(*) AS n", "random () AS n"), "gives another answer another day"),
    "no near miss": (GOOD.rsplit("[[example]]", 1)[0], "no example is a near miss"),
    "no example that holds": (GOOD.replace('finds = ["a"]', "finds = []"), "no example holds"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_rule_is_refused_with_its_file_and_the_fault(tmp_path: Path, empty: Database, fault: str) -> None:
    content, message = FAULTS[fault]
    with pytest.raises(RulebookError, match=f"own/rule.toml: .*{message}"):
        list(rules_in(folder(tmp_path, content), empty))


def test_a_rule_outside_a_theme_is_refused(tmp_path: Path, empty: Database) -> None:
    with pytest.raises(RulebookError, match="stands in no theme"):
        list(rules_in(folder(tmp_path, name="rule.toml"), empty))


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("secrets", {"name": "a"}, "no table secrets"),
        ("preference", {"nam": "a"}, "no column nam in preference"),
        ("preference", {"name": 4}, "a row of preference"),
    ],
)
def test_an_example_with_a_row_that_no_table_takes_is_refused(
    tmp_path: Path, empty: Database, table: str, row: dict[str, Any], message: str
) -> None:
    content = tomllib.loads(GOOD)
    content["example"][0]["rows"] = {table: [row]}
    (rule,) = rules_in(folder(tmp_path, tomli_w.dumps(content)), empty)
    with pytest.raises(RulebookError, match=message):
        list(failures(rule))
