"""Steps of witnesses, as the plain checker reads them (`assay.evidence.witness_check`)."""

from collections.abc import Callable
from typing import Any

from assay.bytecode.program.program import Program
from assay.bytecode.provenance.bodies import Body
from assay.evidence.plain_code import Method, method
from assay.evidence.plain_dex import FAULTS, WORK, Dex, DoesNotHold
from assay.evidence.witness_check import Trail, verify

MOST_OF_ONE = 12_000_000
"""Work units of the checker for one witness."""
_EACH = 100
"""Work units of a question beside those that the checker counts."""
Step = dict[str, Any]
Steps = tuple[Step, ...]


class Writer:
    """Writes steps from bodies and asks the checker whether they hold; DEX files are read once.

    `spent`: work units of the checker so far; from `limit` on nothing holds any more.
    """

    def __init__(self, program: Program) -> None:
        """Keep the program; nothing is read yet."""
        self._program = program
        self._plain: dict[str, Dex | None] = {}
        self.spent, self.limit = 0, MOST_OF_ONE

    def step(self, body: Body, row: int, kind: str, **more: object) -> Step | None:
        """Return the step at a row; None where the plain reader comes to no such instruction."""
        pc = 0 if row < 0 else body.pc(row)
        method = self._method(body)
        if method is None or pc not in method.graph:
            return None
        one, (owner, name, prototype) = method.graph[pc], body.key
        said: dict[str, Any] = {} if kind == "parameter" or one.names is None else {"reference": one.names}
        if kind == "constant":
            said = {"value": one.number if one.names is None else one.names}
        named = {"class": _text(owner), "method": _text(name + prototype), "dex": body.part.sha256}
        return {**named, "code_offset": pc, "kind": kind, **said, **more}

    def holds(self, trails: dict[str, Steps]) -> bool:
        """Say whether the checker agrees."""
        return self._asked(trails, verify)

    def follows(self, steps: Steps) -> bool:
        """Say whether the checker lets steps follow one another, wherever they begin and end."""
        return self._asked(
            {"": steps},
            lambda lists, dexes: Trail(dexes=dexes, name="").walk(lists[""]),
        )

    def _asked(
        self, trails: dict[str, Steps], asks: Callable[[dict[str, list[Step]], dict[str, Dex]], object]
    ) -> bool:  # fmt: skip
        if self.spent >= self.limit:
            return False
        named = dict.fromkeys(step["dex"] for steps in trails.values() for step in steps)
        dexes = {sha: dex for sha in named if (dex := self._plain.get(sha)) is not None}
        for dex in dexes.values():
            dex.left = WORK
        try:
            asks({name: list(steps) for name, steps in trails.items()}, dexes)
        except (DoesNotHold, *FAULTS):
            return False
        finally:
            self.spent += sum(WORK - dex.left for dex in dexes.values()) + _EACH
        return True

    def shortest(self, name: str, steps: Steps) -> Steps | None:
        """Return a trail without the steps that the checker can do without; None where it does not hold at all."""
        if not self.holds({name: steps}):
            return None
        at = len(steps) - 2
        while at > 0:
            less = steps[:at] + steps[at + 1 :]
            steps = less if self.holds({name: less}) else steps
            at -= 1
        return steps

    def _method(self, body: Body) -> Method | None:
        dex = self._of(body)
        try:
            return None if dex is None else method(dex, _text(body.key[0]), _text(body.key[1] + body.key[2]))
        except (DoesNotHold, *FAULTS):
            return None

    def _of(self, body: Body) -> Dex | None:
        sha = body.part.sha256
        if sha not in self._plain:
            try:
                self._plain[sha] = Dex(bytes(body.dex.data))
            except (DoesNotHold, *FAULTS):
                self._plain[sha] = None
        return self._plain[sha]


def _text(name: bytes) -> str:
    return name.decode("utf-8", "backslashreplace")
