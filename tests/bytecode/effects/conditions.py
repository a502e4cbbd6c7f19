"""Conditions of a match, a gate and another question, as code of branches and by their meaning."""

from collections.abc import Iterator, Mapping

from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

Condition = str | tuple["Condition", str, "Condition"]
"""`match`, `gate`, `other`, each also with ! before it; or two of them with && or || between."""
_MARKET = [*l.statically("Lout/Screen;", "market", l.proto(l.STRING)), *l.result(2), *l.text(3, "CN")]
_QUESTIONS = {
    "match": (f.asks("contains", "Z"), 0, 1),
    "gate": ([*_MARKET, *l.virtual("Lout/Market;", "is", l.proto("Z", l.STRING), 2, 3), 0x0A | 1 << 8], 1, 2),
    "other": ([*l.statically("Lout/Other;", "open", l.proto("Z")), 0x0A | 5 << 8], 5, 1),
}
"""Code of each question, the register that its answer comes into, and how many calls it makes."""


class Coded:
    """A condition as code that goes to `then` where it holds and to `else` where not; `behind` is the one behind it."""

    def __init__(self, condition: Condition, behind: str) -> None:
        self.items: list[f.Item] = []
        self.calls, self.match, self._labels = 0, -1, 0
        self._lay(condition, "then", "else", behind)

    def _lay(self, condition: Condition, then: str, otherwise: str, behind: str) -> None:
        if isinstance(condition, str):
            self._ask(condition, then, otherwise, behind)
            return
        one, word, other = condition
        self._labels += 1
        second = f"second{self._labels}"
        outs = (second, otherwise) if word == "&&" else (then, second)
        self._lay(one, *outs, second)
        self.items.append(second)
        self._lay(other, then, otherwise, behind)

    def _ask(self, question: str, then: str, otherwise: str, behind: str) -> None:
        name = question.lstrip("!")
        code, register, calls = _QUESTIONS[name]
        self.match = self.calls if name == "match" else self.match
        self.calls += calls
        holds, not_ = (otherwise, then) if question[0] == "!" else (then, otherwise)
        self.items += [code, (f.IF_EQZ, register, -1, not_) if behind == holds else (f.IF_NEZ, register, -1, holds)]


def holds(condition: Condition, answers: Mapping[str, bool]) -> bool:
    if isinstance(condition, str):
        return answers[condition.lstrip("!")] != condition.startswith("!")
    one, word, other = condition
    both = holds(one, answers), holds(other, answers)
    return all(both) if word == "&&" else any(both)


def matters(condition: Condition, *, gate: bool) -> bool:
    """Return whether, with a gate open or shut, a match ever makes a difference to a condition."""
    others = [{"gate": gate, "other": other} for other in (False, True)]
    return any(
        holds(condition, {**each, "match": True}) != holds(condition, {**each, "match": False}) for each in others
    )


def negated(condition: Condition) -> Condition:
    """A condition with its gate the other way round."""
    if isinstance(condition, str):
        return "!gate" if condition == "gate" else condition
    return (negated(condition[0]), condition[1], negated(condition[2]))


def shown(condition: Condition) -> str:
    return condition if isinstance(condition, str) else f"({shown(condition[0])} {condition[1]} {shown(condition[2])})"


def trees(questions: tuple[str, ...]) -> Iterator[Condition]:
    """Yield all conditions that ask some questions in their order."""
    if len(questions) == 1:
        yield questions[0]
    for at in range(1, len(questions)):
        for one in trees(questions[:at]):
            for other in trees(questions[at:]):
                yield from ((one, word, other) for word in ("&&", "||"))
