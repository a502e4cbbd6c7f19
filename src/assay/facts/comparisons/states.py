"""What the gate of a comparison is in each state of its settings and for each answer of a server, as rows."""

from collections.abc import Callable, Iterable, Iterator

from assay.applications.tracing import Tracing
from assay.bytecode.gates.gate import Gates, Whole
from assay.bytecode.gates.states import States, TooManyStates, of_answers, of_settings
from assay.bytecode.gates.worlds import ABSENT
from assay.facts.comparisons.found import PROFILES, Found
from assay.facts.comparisons.operands import addresses
from assay.reference.profiles import Profile
from assay.vocabulary.comparisons import Comparison
from assay.vocabulary.states import GateState

STEPS = 60_000
"""Most steps to work out one gate in all states of one kind."""
MAX_WORK = 150_000
"""Work for the states of all gates of an app (`GateStates.spent`)."""
SETTINGS, ANSWER = "settings", "answer"
_ADDRESS = "address:"


class GateStates:
    """Tells the states of gates of one app.

    `cut`: gates with more states than are gone through, or beyond the budget; `spent`: work, as `Finder.spent` counts.
    """

    def __init__(self, tracing: Tracing) -> None:
        """Take what follows values."""
        self._tracing, self.cut, self.spent = tracing, 0, 0

    def of(self, found: Found, row: Comparison) -> Iterator[GateState]:
        """Yield the states of a comparison with a consequence, settings first; nothing where none makes a difference.

        It has to be asked while the comparison is the one that gates are about.
        """
        whole = found.gate.whole
        if whole is None or not row.consequences or not any(each.variables for each in whole.subjects.values()):
            return
        for kind, states in ((SETTINGS, of_settings), (ANSWER, of_answers)):
            before = self._work()
            try:
                yield from self._rows(row, kind, self._worked_out(whole, states))
            except TooManyStates:
                self.cut += 1
            self.spent += self._work() - before

    def _worked_out(self, whole: Whole, states: Callable[[Gates, Whole, Iterable[Profile]], States]) -> States:
        if self.spent > MAX_WORK:
            raise TooManyStates
        self._tracing.gates.begin(STEPS)
        return states(self._tracing.gates, whole, PROFILES)

    def _work(self) -> int:
        return 10 * self._tracing.evaluator.machine.total + self._tracing.gates.spent

    def _rows(self, row: Comparison, kind: str, states: States) -> Iterator[GateState]:
        terms = self._tracing.evaluator.terms
        named = {text.removeprefix(_ADDRESS) for number in states.terms for text in addresses(terms, number)}
        for state in states.states:
            yield GateState(
                place=row.place, comparison=row.comparison, package=row.package, kind=kind,
                variables=states.variables, values=tuple(map(written, state.values)),
                ordered=states.ordered, open_in=state.open_in,
                closed_in=state.closed_in, addresses=tuple(sorted(named)),
            )  # fmt: skip


def written(value: int | str) -> str:
    """Return a value as `GateState` has it."""
    if value == ABSENT:
        return "-"
    return f"#{value}" if isinstance(value, int) else f"={value}"
