"""The project speaks of itself alone, wherever it is built, and spells as the British do."""

import hashlib
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.house import tree

THIS_FILE = "tests/house/test_own_words.py"
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:home|root|Users|work|workspace|builds|srv|tmp|mnt)/[\w.-]+"
    r"|--(?:extra-)?index-url\b|--find-links\b|--trusted-host\b",
)
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
REGISTRIES = frozenset(
    (
        "00a7dc5a0cc38858",
        "1ba4e37997a2e986",
        "2e97613f5a81eaa4",
        "3ca29e55be4befa4",
        "789e46d79514e280",
        "8743857e3ea00fd1",
        "8b5bb5eb9d758455",
        "a0f007d863a0ed19",
        "a4aa2ac280bb8d1a",
        "e680c440a2e92079",
    )
)
"""The first 16 hex digits of the sha256 of each registry's host: named nowhere, not even here."""
AMERICAN = re.compile(
    r"\b(?:\w*colors?|behaviors?|favorite|favor|honors?|neighbors?|centers?|centered|catalogs?|defenses?|gray"
    r"|artifacts?|analyz(?:e|es|ed|er|ers|ing)|(?:un)?(?:recogn|organ|normal|serial|initial|final|minim|maxim|optim"
    r"|summar|author|categor|character|general|local|special|standard|visual|canonical)iz(?:e|es|ed|er|ers|ing|ation)"
    r"|label(?:ed|ing)|model(?:ed|ing)|cancel(?:ed|ing)|travel(?:ed|ing)|fulfill)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"``.*?``|`[^`]*`|\"[^\"]*\"|https?://\S+", re.DOTALL)
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def american(text: str) -> list[str]:
    """Return American spellings in running text; what is quoted or set as code belongs to somebody else."""
    return AMERICAN.findall(QUOTED.sub(" ", FENCED.sub(" ", text)))


def machines(line: str) -> list[str]:
    """Return paths of a machine, options that name an index, and hosts of package registries."""
    found = [match.group() for match in MACHINE.finditer(line)]
    for host in HOST.findall(line.lower()):
        labels = host.split(".")
        ends = (".".join(labels[start:]) for start in range(len(labels) - 1))
        found.extend(end for end in ends if hashlib.sha256(end.encode()).hexdigest()[:16] in REGISTRIES)
    return found


def prose(source: str) -> Iterator[str]:
    """Yield the comments and the docstrings of a Python file."""
    previous = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
        elif token.type == tokenize.STRING and previous in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}:
            yield token.string.strip("rbuf\"'")
        if token.type not in {tokenize.COMMENT, tokenize.NL}:
            previous = token.type


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    found = [
        (tree.named(path), number, word)
        for path, content in tree.texts()
        if tree.named(path) != THIS_FILE
        for number, line in enumerate(content.splitlines(), start=1)
        for word in machines(line)
    ]
    assert found == []


def test_documents_are_in_british_spelling() -> None:
    found = [(tree.named(path), word) for path, content in tree.texts(".md") for word in american(content)]
    assert found == []


def test_comments_and_docstrings_are_in_british_spelling() -> None:
    found = [
        (tree.named(path), word)
        for path, content in tree.texts(".py")
        if tree.named(path) != THIS_FILE
        for piece in prose(content)
        for word in american(piece)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["see /home/ann/notes", "pip install --index-url X", "cp /tmp/a b"])
def test_the_check_sees_machines_and_registries(line: str) -> None:
    assert machines(line)


def test_the_check_sees_a_registry_under_any_of_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = hashlib.sha256(b"packages.example").hexdigest()[:16]
    monkeypatch.setattr(f"{__name__}.REGISTRIES", frozenset({digest}))
    assert machines("from https://files.Packages.example/simple") == ["packages.example"]
    assert machines("other.example") == []


@pytest.mark.parametrize("line", ["/system/app/Foo.apk", "assets/home/x", "--no-emit-index-url", "example.test/work/a"])
def test_the_check_leaves_evidence_and_our_own_paths_alone(line: str) -> None:
    assert not machines(line)


def test_the_check_reads_prose_and_leaves_quotations_alone() -> None:
    assert american("The analyzer recognized a color.") == ["analyzer", "recognized", "color"]
    assert american("The `Authorization` header and `color`; it recognises a colour.") == []
    assert list(prose('"""Doc."""\nx = "text"  # note\n')) == ["Doc.", "# note"]
