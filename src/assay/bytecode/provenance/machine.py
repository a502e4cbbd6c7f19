"""Works out questions that ask further questions, to any depth, with a budget; what leads back to itself is cut.

An answer that holds no cut is kept for good. One within a cycle depends on where the cycle was entered: it is kept only
until the question at which it was entered is answered, so that later questions do not see the cuts of earlier ones.
"""

from collections.abc import Callable, Generator
from typing import NamedTuple

BUDGET = 1_000
"""Steps for one question that is asked from outside: one for each it leads to, and what rules count beyond that."""
MOST_DEPTH = 160
"""Questions that wait for each other."""
UNLIMITED = 1 << 62
"""Stands for no limit to all questions together."""

_SPENT = -1


class Question(NamedTuple):
    """What is asked: the name of a rule, and what it takes."""

    rule: str
    given: tuple[object, ...]


Work = Generator[Question, int, int]
"""Work on a question: yields further questions, is sent their answers, returns its own."""


class Answers(NamedTuple):
    """What stands for an answer: where a question leads back to itself, and where the budget is spent."""

    cut: Callable[[], int]
    spent: Callable[[], int]


class _Frame:
    """A question being worked on; `lowest`: the outermost one whose answer was needed within."""

    __slots__ = ("lowest", "question", "work")

    def __init__(self, question: Question, work: Work, depth: int) -> None:
        self.question, self.work, self.lowest = question, work, depth


class Machine:
    """Keeps answers; `steps` of the last question from outside and `total` of all, `exhausted`: those over budget.

    `refused`: questions from outside that were not worked on, or not to their end, since `allow` left them no steps.
    """

    def __init__(
        self, begin: Callable[[Question], Work], answers: Answers, spent: Callable[[], int], budget: int = BUDGET
    ) -> None:
        """Take what begins the work on a question, and what says how many steps rules have counted so far."""
        self._spent = spent
        self._begin, self._answers = begin, answers
        self.budget, self.steps, self.total, self.exhausted, self.refused = budget, 0, 0, 0, 0
        self._end = UNLIMITED
        self._kept: dict[Question, int] = {}

    def allow(self, steps: int = UNLIMITED) -> None:
        """Begin a task: all questions until the next one have so many steps together.

        What they leave of a question is not kept, so that no later task sees it.
        """
        self._end = self.total + steps

    def ask(self, question: Question) -> int:
        """Return the answer."""
        if (found := self._kept.get(question)) is not None:
            return found
        budget = min(self.budget, self._end - self.total)
        if budget <= 0:
            self.refused += 1
            return self._answers.spent()
        return self._worked(question, budget)

    def _worked(self, question: Question, budget: int) -> int:
        before = self._spent()
        run = _Run(self._begin, self._answers, self._kept, lambda: budget - self._spent() + before)
        found = run.answer(question)
        self.steps = run.steps + self._spent() - before
        self.total += self.steps
        self.exhausted += run.met
        if run.met and budget < self.budget:
            self.refused += 1
        else:
            self._kept[question] = found
        return found


class _Run:
    """The work on one question from outside."""

    def __init__(
        self, begin: Callable[[Question], Work], answers: Answers, kept: dict[Question, int], left: Callable[[], int]
    ) -> None:
        self._begin, self._answers, self._kept, self._left = begin, answers, kept, left
        self._frames: list[_Frame] = []
        self._open: dict[Question, int] = {}
        self._passing: dict[Question, tuple[int, int]] = {}
        self._until: dict[int, list[Question]] = {}
        self.steps, self.met = 0, False

    def answer(self, question: Question) -> int:
        self._push(question)
        sent: int | None = None
        while True:
            frame = self._frames[-1]
            try:
                wanted = next(frame.work) if sent is None else frame.work.send(sent)
            except StopIteration as end:
                sent = int(end.value)
                self._close(frame, sent)
                if not self._frames:
                    return sent
                continue
            sent = self._known(frame, wanted)
            if sent is None:
                self._push(wanted)

    def _push(self, question: Question) -> None:
        self.steps += 1
        depth = len(self._frames)
        self._open[question] = depth
        self._frames.append(_Frame(question, self._begin(question), depth))

    def _known(self, frame: _Frame, wanted: Question) -> int | None:
        """Return an answer that needs no work, None where there is none yet."""
        if (kept := self._kept.get(wanted)) is not None:
            return kept
        if (depth := self._open.get(wanted)) is not None:
            frame.lowest = min(frame.lowest, depth)
            return self._answers.cut()
        if (passing := self._passing.get(wanted)) is not None:
            frame.lowest = min(frame.lowest, passing[1])
            return passing[0]
        if self.steps >= self._left() or len(self._frames) >= MOST_DEPTH:
            frame.lowest, self.met = _SPENT, True
            return self._answers.spent()
        return None

    def _close(self, frame: _Frame, answer: int) -> None:
        self._frames.pop()
        depth = self._open.pop(frame.question)
        within = self._until.pop(depth, [])
        if frame.lowest >= depth:
            self._kept[frame.question] = answer
            for each in within:
                self._passing.pop(each, None)
        elif self._frames:
            self._passing[frame.question] = (answer, frame.lowest)
            for each in within:
                self._passing[each] = (self._passing[each][0], frame.lowest)
            self._until.setdefault(frame.lowest, []).extend([*within, frame.question])
            self._frames[-1].lowest = min(self._frames[-1].lowest, frame.lowest)
