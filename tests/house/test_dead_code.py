"""The hunt for dead code sees what is dead and leaves alone what is reached by declaration or by schema."""

from pathlib import Path

from tests.house import dead_code

SOURCE = """
from registry import analyser

class Colour(StrEnum):
    RED = "red"

class Shape(Protocol):
    def area(self, unit): ...

class Row(Struct):
    seen: int

    def never(self) -> int:
        return 1

@analyser(question="?")
def find_rows(document):
    yield Row(Colour("red"), Shape.of(document))

def forgotten():
    return 2
"""


def test_only_what_nothing_reaches_is_named(tmp_path: Path) -> None:
    (tmp_path / "part.py").write_text(SOURCE, encoding="utf-8")
    found = [(each.what, each.name) for each in dead_code.unused([tmp_path])]
    assert found == [("method", "never"), ("function", "forgotten")]


def test_every_listed_name_has_a_reason() -> None:
    assert all(dead_code.listed().values())
