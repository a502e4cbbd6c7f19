"""The rulebook: each rule a TOML file with its question, its SQL and its own proof (docs/how-to, "Write a rule")."""

import re
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from assay.findings.database import Database
from assay.findings.datafiles import DataFile, read, shipped
from assay.model.errors import RulebookError, UsageError
from assay.model.grade import Grade

COLUMN = "column"
"""The grade of a rule whose query gives it row by row."""
REQUIRED = ("handset", "subject", "facts")
OPTIONAL = ("profile", "grade", "unresolved")

_CHANGING = re.compile(
    r"\b(?:random|setseed|uuid\w*|gen_random_uuid|now|today|get_current_\w+|transaction_timestamp|age|version"
    r"|current_setting|duckdb_\w+)\s*\(|\b(?:current_(?:date|time|timestamp)|localtime\w*|tablesample|using\s+sample)\b",
    re.IGNORECASE,
)


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rows by table, and the subjects that the rule finds in them: none for a near miss.

    A column that is left out holds its empty value; see `assay.findings.examples` for handset, artefact and fact.
    """

    says: str
    finds: tuple[str, ...]
    rows: dict[str, list[dict[str, Any]]]
    grade: str = ""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule. `id` is the path of its file and never changes its meaning; `title` reads well after "this phone …".

    `query` is one SELECT with a row for each finding: handset, subject, facts (list of fact ids), optionally profile,
    grade (a word, or two with ``…`` between) and unresolved (what keeps the two apart); every other column is detail.
    """

    id: str
    title: str
    question: str
    grade: str
    query: str
    does_not_show: str
    examples: tuple[Example, ...]
    sha256: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: str
    question: str
    grade: str
    query: str
    does_not_show: str
    example: tuple[Example, ...]


def load(folders: Iterable[Traversable] = ()) -> tuple[Rule, ...]:
    """Return the shipped rules and those of the user's folders, in the order of their ids. Raises: RulebookError."""
    empty = Database.over({})
    rules: dict[str, Rule] = {}
    for folder in (shipped("rules"), *folders):
        for rule in rules_in(folder, empty):
            if rule.id in rules:
                raise RulebookError(f"{rule.id}.toml", "a rule of this id is shipped", "Give yours a path of its own.")
            rules[rule.id] = rule
    return tuple(rules[name] for name in sorted(rules))


def rules_in(folder: Traversable, empty: Database) -> Iterator[Rule]:
    """Yield the rules of one folder, checked against the `empty` tables. Raises: RulebookError."""
    for file in read(folder):
        yield rule_of(file, empty)


def rule_of(file: DataFile, empty: Database) -> Rule:
    """Return the rule that a file states. Raises: RulebookError."""
    try:
        stated = msgspec.convert(file.content, _File)
    except msgspec.ValidationError as error:
        raise RulebookError(f"{file.id}.toml", str(error), "See docs/how-to for the fields of a rule.") from None
    rule = Rule(
        id=file.id,
        sha256=file.sha256,
        title=stated.title,
        question=stated.question,
        grade=stated.grade,
        query=stated.query,
        does_not_show=stated.does_not_show,
        examples=stated.example,
    )
    for fault in (*_text_faults(rule), *_example_faults(rule), *_query_faults(rule, empty)):
        raise RulebookError(f"{file.id}.toml", *fault)
    return rule


def _text_faults(rule: Rule) -> Iterator[tuple[str, str]]:
    if "/" not in rule.id:
        yield "it stands in no theme", "Put it into a folder, e.g. lists/."
    if not rule.title or rule.title.endswith(".") or rule.title[0].isupper():
        yield "the title does not go on a sentence", 'Write what follows "this phone …", without a full stop.'
    if not rule.question.endswith("?"):
        yield "the question has no question mark", "Ask one."
    if not rule.does_not_show.strip():
        yield "it does not say what it does not show", "Say what nobody may conclude from it."
    if rule.grade != COLUMN and rule.grade not in [str(grade) for grade in Grade]:
        yield f"{rule.grade!r} is no grade", "Use carried, dormant, reachable, observed, or column."


def _example_faults(rule: Rule) -> Iterator[tuple[str, str]]:
    if not any(example.finds for example in rule.examples):
        yield "no example holds", "Add an [[example]] with the subjects it finds."
    if all(example.finds for example in rule.examples):
        yield "no example is a near miss", "Add an [[example]] that looks alike and finds nothing."


def _query_faults(rule: Rule, empty: Database) -> Iterator[tuple[str, str]]:
    if changing := _CHANGING.search(rule.query):
        yield f"{changing.group()} gives another answer another day", "Take days from the evidence."
    try:
        columns = empty.columns(rule.query)
    except UsageError as error:
        yield f"the query fails: {error.fact}", error.next_step
        return
    if missing := [name for name in REQUIRED if name not in columns]:
        yield f"the query gives no {', no '.join(missing)}", "Select them under these names."
    if ("grade" in columns) != (rule.grade == COLUMN):
        yield "a grade column and another grade", 'Give grade = "column" and the column, or neither.'
