"""Facts do not judge: words that do stand in rules, claims, reports and their texts, and nowhere else in the source."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

JUDGING = re.compile(
    r"censor|\bsp(?:y|ies|ied|ying|yware)\b|(?<!memory )\bleak|suspicio|malicious|malware|snoop|sinister"
    r"|\bsteal|\bstolen\b|exfiltrat|surveil|backdoor|nefarious|harmful|illegal\b|blacklist",
    re.IGNORECASE,
)
MAY_JUDGE = ("reports", "data/rules", "data/claims", "data/locale", "data/reports")
EVIDENCE = ("data/demo", "data/lexicon")
"""Folders whose files are evidence or words met in evidence: what stands there is quoted, not said."""

TEXT = (".py", ".toml", ".sql", ".html", ".css", ".md", ".json")


def offences(content: str) -> list[tuple[int, str]]:
    lines = enumerate(content.splitlines(), start=1)
    return [(number, found.group()) for number, line in lines for found in JUDGING.finditer(line)]


def _held() -> Iterator[tuple[Path, str]]:
    free = tuple(tree.SOURCE / folder for folder in MAY_JUDGE + EVIDENCE)
    for path, content in tree.texts(*TEXT, under=tree.SOURCE):
        if not any(path.is_relative_to(folder) for folder in free):
            yield path, content


def test_judging_words_stand_only_where_judging_is_the_work() -> None:
    assert [(tree.named(path), *found) for path, content in _held() for found in offences(content)] == []


def test_the_check_looks_at_the_stages_that_see() -> None:
    stages = {path.relative_to(tree.SOURCE).parts[0] for path, _ in _held()}
    assert {"model", "vocabulary", "registry"} <= stages


def test_a_judging_word_is_found_in_names_comments_and_texts() -> None:
    assert offences("class CensorshipList:\n") == [(1, "Censor")]
    assert offences("x = 1\n# looks suspicious\n") == [(2, "suspicio")]
    assert offences('label = "spyware"\n') == [(1, "spyware")]


def test_a_word_that_only_looks_like_one_is_left_alone() -> None:
    assert offences("a bespoke spyglass; legality; a term list\n") == []
