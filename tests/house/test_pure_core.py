"""The stages between evidence and verdict take values and yield rows: no clock, network, environment or chance."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

PURE = (
    "model",
    "vocabulary",
    "registry",
    "encodings",
    "reference",
    "artefacts",
    "capture",
    "bytecode",
    "facts",
    "findings",
    "verdicts",
    "comparison",
)
IMPURE = re.compile(
    r"(asyncio|ctypes|getpass|glob|http|locale|multiprocessing|os|pathlib|pickle|platform|random|secrets|shelve|shutil"
    r"|signal|socket|socketserver|ssl|subprocess|tempfile|threading|time|urllib\.request|uuid|webbrowser)(?:\.|$)"
)
IMPURE_CALLS = frozenset({"open", "input", "eval", "exec", "compile", "__import__", "breakpoint"})
IMPURE_METHODS = frozenset({"now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes"})


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield module
            yield from (f"{module}.{alias.name}" for alias in names)


def _called(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
            yield f"{name}()"
        case ast.Call(func=ast.Attribute(attr=name)) if name in IMPURE_METHODS:
            yield f".{name}()"


def uses(module: ast.Module) -> set[str]:
    """Return the impure imports (by their first impure part) and calls of a module."""
    found: set[str] = set()
    for node in ast.walk(module):
        found.update(impure.group(1) for name in _imported(node) if (impure := IMPURE.match(name)))
        found.update(_called(node))
    return found


def _pure_modules() -> Iterator[tuple[Path, ast.Module]]:
    for path, module in tree.modules():
        if path.relative_to(tree.SOURCE).parts[0] in PURE:
            yield path, module


def test_pure_stages_use_nothing_impure_but_what_is_listed() -> None:
    listed = {name: set(entry["uses"]) for name, entry in tree.table("impure.toml").items()}
    seen = {tree.named(path): found for path, module in _pure_modules() if (found := uses(module))}
    assert seen == listed


def test_every_exception_has_a_reason() -> None:
    assert all(entry["reason"] for entry in tree.table("impure.toml").values())


def test_the_check_sees_every_way_of_reaching_out() -> None:
    assert uses(ast.parse("import os.path")) == {"os"}
    assert uses(ast.parse("from os import environ")) == {"os"}
    assert uses(ast.parse("from urllib import request")) == {"urllib.request"}
    assert uses(ast.parse("def f():\n    import socket as s")) == {"socket"}
    assert uses(ast.parse("open('x')")) == {"open()"}
    assert uses(ast.parse("datetime.now()")) == {".now()"}


def test_the_check_lets_pure_modules_pass() -> None:
    assert uses(ast.parse("import struct\nfrom urllib.parse import urlsplit\nfrom datetime import date")) == set()
