"""The same DEX file as dexllm reads it."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

dexllm = pytest.importorskip("dexllm", reason="dexllm is a package of the tests")
_INSTRUCTION = re.compile(r"^    0x([0-9a-f]+): (\S+) ?(.*)$", re.MULTILINE)


def opened(raw: bytes) -> Any:
    """Return the file as dexllm has it; it reads from a path, and holds all of it in memory."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "one.dex"
        path.write_bytes(raw)
        return dexllm.DexKit(str(path))


def methods(dex: Any) -> Iterator[str]:
    """Yield the names of all defined methods in our notation."""
    for owner in dex.list_classes():
        yield from dex.list_class_methods(owner)


def instructions(dex: Any, method: str) -> Iterator[tuple[int, str, str]]:
    """Yield (code offset in 16-bit units, opcode, operands in our notation) of a method."""
    for place, name, operands in _INSTRUCTION.findall(dex.render_method_smali(method)):
        pc = int(place, 16) // 2
        yield pc, name, _operands(pc, name, operands)


def _operands(pc: int, name: str, operands: str) -> str:
    if name.startswith("const-string"):
        return operands.partition(",")[0]
    if name.startswith("const") and "#" in operands:
        return operands.replace("#", "").partition("(")[0].removesuffix("L")
    if jump := re.search(r"\+?-?\d+$", operands) if _jumps(name) else None:
        return operands[: jump.start()] + _target(pc + int(jump[0].removeprefix("+")))
    return operands.replace("#", "")


def _jumps(name: str) -> bool:
    return name.startswith(("if-", "goto", "packed-switch", "sparse-switch", "fill-array-data"))


def _target(place: int) -> str:
    return f":{place:04x}" if place >= 0 else f":-{-place:x}"
