"""Problems that one document meets, each once, and no more than a person would read."""

from assay.model.locator import Place
from assay.model.problem import Problem

MOST = 1000
"""Most problems kept for one document; one more says that there were others."""


class ProblemLog:
    """Problems in the order they were met, without repetition."""

    def __init__(self) -> None:
        """Begin with none."""
        self._problems: dict[Problem, None] = {}

    def add(self, place: Place | None, what: str, instead: str, cost: str) -> None:
        """Keep a problem; beyond MOST only the fact that there were more."""
        problem = Problem(place="" if place is None else str(place), what=what, instead=instead, cost=cost)
        if len(self._problems) >= MOST and problem not in self._problems:
            what = f"more than {MOST} problems in one document"
            problem = Problem(place="", what=what, instead="the first were kept", cost="later ones are not listed")
        self._problems.setdefault(problem)

    def __call__(self) -> tuple[Problem, ...]:
        """Return the problems met so far."""
        return tuple(self._problems)
