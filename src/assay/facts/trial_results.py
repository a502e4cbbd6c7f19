"""Trial results: control held against canary, the statement against the screens, both texts against the lists."""

import re
from collections.abc import Iterator

import msgspec

from assay.model.case import Occurrence
from assay.model.problem import Problem
from assay.model.wordlist import normal
from assay.registry import FactTables, joiner
from assay.vocabulary.fact import Located
from assay.vocabulary.lists import Term
from assay.vocabulary.packages import Package
from assay.vocabulary.trials import Trial, TrialResult, TrialStep

DONE_TO_CANARY = frozenset({"refused", "masked"})
MAX_SCREEN = 1 << 16
"""Longest text of a screen that is looked at, in characters."""


@joiner(
    question="What happened to the canary and not to the control, do the screens show it, does a list hold the text?",
    reads=(Trial, TrialStep, Term, Package),
    emits=TrialResult,
    blind_to=(
        "why a text was refused: the software may have another reason than a list",
        "lists that are not among the evidence of that handset",
        "entries inside a word of the text, where the script puts spaces between words",
        "screens that still show the editor: a screen must be taken where accepted text appears",
        f"screens given as pictures, and texts of more than {MAX_SCREEN} characters",
        "manifests inside an application package or a capture: they are no record of a laboratory",
        "a manifest that lies with several handsets: whose run it was is not settled, and no screen counts",
    ),
)
def find_trial_results(tables: FactTables) -> Iterator[tuple[str, TrialResult | Problem]]:
    """Yield one result for each canary step, and a problem where the screens do not show what is stated."""
    steps: dict[tuple[str, str], list[TrialStep]] = {}
    for fact in tables.rows(TrialStep):
        steps.setdefault((fact.artefact, fact.row.trial), []).append(fact.row)
    packages = {place.locator for fact in tables.rows(Package) for place in tables.occurrences(fact.artefact)}
    for trial in tables.rows(Trial):
        places = tables.occurrences(trial.artefact)
        if places and all(place.told_by(packages) for place in places):
            yield trial.artefact, _NOT_OF_A_LABORATORY
            continue
        run = _Run(tables, trial, sorted(steps.get((trial.artefact, trial.row.trial), []), key=lambda one: one.number))
        for row in run.results():
            yield trial.artefact, row


_NOT_OF_A_LABORATORY = Problem(
    place="",
    what="the manifest of a trial lies inside an application package or a capture",
    instead="it was left out: it is a statement of what is examined, not of a laboratory",
    cost="it shows nothing",
)


class _Screen(msgspec.Struct, frozen=True):
    """The text of a screen in normal form, as a whole and by its lines."""

    words: str
    lines: frozenset[str]


class _Listed(msgspec.Struct, frozen=True, order=True):
    """A list that holds an entry within a text; those of the app itself and with longer entries come first."""

    elsewhere: bool
    shortness: int
    list_id: str


class _Run:
    """One trial with its steps in order."""

    def __init__(self, tables: FactTables, trial: Located[Trial], steps: list[TrialStep]) -> None:
        self._tables = tables
        self._trial = trial.row
        self._steps = steps
        self._places = tables.occurrences(trial.artefact)
        self._known: dict[Occurrence, dict[int, _Screen]] = {}

    def results(self) -> Iterator[TrialResult | Problem]:
        for canary in self._steps:
            if canary.role == "canary":
                yield from self._result(canary, self._controls(canary))

    def _controls(self, canary: TrialStep) -> list[TrialStep]:
        """Return the last control before the canary and the first behind it, as far as there are such."""
        controls = [step for step in self._steps if step.role == "control"]
        before = [step for step in controls if step.number < canary.number]
        behind = [step for step in controls if step.number > canary.number]
        return [*before[-1:], *behind[:1]]

    def _result(self, canary: TrialStep, controls: list[TrialStep]) -> Iterator[TrialResult | Problem]:
        control = controls[0] if controls else None
        all_accepted = bool(controls) and all(step.outcome == "accepted" for step in controls)
        different = all_accepted and canary.outcome in DONE_TO_CANARY
        shown = control is not None and different and self._shown(canary, control)
        canary_list = self._list_of(canary.input, "")
        yield TrialResult(
            place=canary.place,
            trial=self._trial.trial,
            package=self._trial.package,
            profile=self._trial.profile,
            started=self._trial.started,
            consequence=canary.outcome if different else "none",
            control=control.input if control else "",
            canary=canary.input,
            canary_list=canary_list,
            control_list=self._list_of(control.input, canary_list) if control else "",
            shown_on_screen=shown,
        )
        yield from self._doubts(canary, control, all_accepted=all_accepted, unseen=different and not shown)

    def _doubts(
        self, canary: TrialStep, control: TrialStep | None, *, all_accepted: bool, unseen: bool
    ) -> Iterator[Problem]:
        if control is None:
            yield _problem(canary, "there is no control step to hold the canary against", "the trial shows nothing")
        elif canary.outcome in DONE_TO_CANARY and not all_accepted:
            what = "a control beside the canary was not accepted either"
            yield _problem(canary, what, "the trial shows no difference between control and canary")
        elif unseen and self._of_several():
            what = "the manifest of the trial lies with several handsets, so that it is not settled whose run it was"
            yield _problem(canary, what, "the outcome is observed on none of them")
        elif unseen:
            what = "the recorded screens do not show control and canary treated as stated"
            yield _problem(canary, what, "the outcome is the laboratory's statement only")

    def _of_several(self) -> bool:
        return len({place.handset for place in self._places}) > 1

    def _shown(self, canary: TrialStep, control: TrialStep) -> bool:
        seen = map(self._screens, self._places)
        return not self._of_several() and any(_differ(screens, canary, control) for screens in seen)

    def _screens(self, place: Occurrence) -> dict[int, _Screen]:
        """Return the words of every step's screen beside the manifest by step number, without missing ones."""
        if place not in self._known:
            self._known[place] = self._read_screens(place)
        return self._known[place]

    def _read_screens(self, place: Occurrence) -> dict[int, _Screen]:
        screens: dict[int, _Screen] = {}
        for step in self._steps:
            artefact = self._tables.beside(place, step.screen) if step.screen else None
            text = self._tables.text(artefact) if artefact else None
            if text is not None and len(text) <= MAX_SCREEN:
                screens[step.number] = _screen(text)
        return screens

    def _list_of(self, text: str, only: str) -> str:
        """Return a list of the trial's handset with an entry within the text; where `only` is given, that or none."""
        wanted = _words(text)
        found = {
            self._listed(term)
            for term in self._tables.rows(Term)
            if (not only or term.row.list_id == only) and _within(term.row.normal, wanted)
        }
        return min((listed for listed in found if listed), default=_NOWHERE).list_id

    def _listed(self, term: Located[Term]) -> _Listed | None:
        handsets = {place.handset for place in self._places}
        places = [place for place in self._tables.occurrences(term.artefact) if place.handset in handsets]
        if not places:
            return None
        own = any(self._trial.package in place.path or self._trial.package in place.locator for place in places)
        return _Listed(elsewhere=not own, shortness=-len(term.row.normal), list_id=term.row.list_id)


_NOWHERE = _Listed(elsewhere=True, shortness=0, list_id="")


def _differ(screens: dict[int, _Screen], canary: TrialStep, control: TrialStep) -> bool:
    """Say whether the control's screen shows its text, and the canary's screen is of the same place without its text.

    Neither text may stand on the screen of an earlier setup, where it would be there anyway.
    """
    if canary.number not in screens or control.number not in screens or not (canary.input and control.input):
        return False
    seen, missing, entered = screens[control.number], screens[canary.number], _words(control.input)
    earlier = (screen for number, screen in screens.items() if number < control.number)
    return (
        entered in seen.words
        and _words(canary.input) not in missing.words
        and not any(entered in screen.words for screen in earlier)
        and bool(seen.lines & missing.lines)
    )


def _screen(text: str) -> "_Screen":
    return _Screen(_words(text), frozenset(map(_words, text.splitlines())) - {""})


def _words(text: str) -> str:
    return " ".join(normal(text).split())


def _within(entry: str, text: str) -> bool:
    """Say whether an entry stands in a text, both normalised; letters and digits of ASCII only as whole words."""
    place = text.find(entry) if entry else -1
    if place < 0:
        return False
    before = r"(?<![0-9a-z])" if _is_word(entry[:1]) else ""
    behind = r"(?![0-9a-z])" if _is_word(entry[-1:]) else ""
    return re.search(before + re.escape(entry) + behind, text) is not None


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _problem(step: TrialStep, what: str, cost: str) -> Problem:
    return Problem(place=step.place, what=what, instead="the result says so", cost=cost)
