"""Manifests of trials: a laboratory's record of a run, step by step, beside the screens and logs it took."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from assay.artefacts.manifest_schema import schema_of
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

SCHEMA = "assay-trial/1"
ROLES = ("setup", "control", "canary")
OUTCOMES = ("accepted", "refused", "masked", "none")
MAX_BYTES = MIB
"""Largest manifest that is parsed."""
MAX_STEPS = 1000
"""Most steps that are read: each is held against the screens of all others."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step as stated; `screen` and `log` are names of files beside the manifest, labels that nothing opens."""

    number: int
    position: int
    role: str
    action: str
    input: str
    outcome: str
    screen: str
    log: str
    at: str


class TrialManifest:
    """The record of a run. What a laboratory states is a statement; the screens beside it are the evidence."""

    def __init__(self, source: ByteSource) -> None:
        """Parse. Raises: Unreadable where there is no trial in it."""
        table = _parsed(source)
        self._problems: list[Problem] = []
        self.id = _text(table, "id")
        self.package = _text(table, "package")
        if not self.id or not self.package:
            raise Unreadable("the manifest of a trial states no id or no package")
        self.profile = _text(table, "profile")
        self.operator = _text(table, "operator")
        self.configuration = _text(table, "configuration_server")
        self.question = _text(table, "question")
        self.started = self._time("started", table)
        self.ended = self._time("ended", table)
        self.steps = tuple(self._steps(table.get("step")))

    @property
    def problems(self) -> list[Problem]:
        """Problems met while opening."""
        return self._problems

    def _time(self, name: str, table: Mapping[str, object], place: str = "") -> str:
        """Return a time in UTC, whole seconds; empty, with a problem, where it is none or has no offset from UTC."""
        text = _text(table, name)
        utc = _utc(text)
        if text and not utc:
            self._note(place, f"{name} is no time with an offset from UTC", "that time is unknown")
        return utc

    def _steps(self, listed: object) -> Iterator[Step]:
        if not isinstance(listed, list) or not listed:
            self._note("", "the manifest lists no steps", "the trial shows nothing")
            return
        for position, stated in enumerate(listed[:MAX_STEPS]):
            step = self._step(position, stated) if isinstance(stated, Mapping) else None
            if step is not None:
                yield step
        if len(listed) > MAX_STEPS:
            self._note("", f"the manifest lists more than {MAX_STEPS} steps", "the others were not read")

    def _step(self, position: int, stated: Mapping[str, object]) -> Step | None:
        place = step_place(position)
        role, outcome = _text(stated, "role"), _text(stated, "outcome") or "none"
        if role not in ROLES or outcome not in OUTCOMES:
            known = f"{', '.join(ROLES)} and {', '.join(OUTCOMES)}"
            self._note(place, f"the step's role or outcome is none of {known}", "this step was not used")
            return None
        number = stated.get("n")
        return Step(
            number=number if type(number) is int and 0 < number <= MAX_STEPS else position + 1,
            position=position,
            role=role,
            action=_text(stated, "action"),
            input=_text(stated, "input"),
            outcome=outcome,
            screen=self._label(stated, "screen", place),
            log=self._label(stated, "log", place),
            at=self._time("at", stated, place),
        )

    def _label(self, stated: Mapping[str, object], name: str, place: str) -> str:
        label = _text(stated, name)
        if "/" in label or "\\" in label or label in {".", ".."}:
            self._note(place, f"{name} names a folder, not a file beside the manifest", f"the {name} was not used")
            return ""
        return label

    def _note(self, place: str, what: str, cost: str) -> None:
        self._problems.append(Problem(place=place, what=what, instead="the rest of the manifest was read", cost=cost))


def step_place(position: int) -> str:
    """Return the printed place of a step, by its position from 0."""
    return f"toml:/step/{position}"


def _parsed(source: ByteSource) -> dict[str, object]:
    if source.size > MAX_BYTES:
        raise Unreadable(f"the manifest has {source.size} bytes, more than {MAX_BYTES} are parsed")
    try:
        return tomllib.loads(bytes(source.view()).decode("utf-8-sig"))
    except (ValueError, RecursionError):  # of ValueError: no TOML, no UTF-8, numbers beyond measure
        raise Unreadable("the manifest of a trial is not TOML") from None


def _text(table: Mapping[str, object], name: str) -> str:
    """Return a text, or a time written without quotes as one; empty for anything else."""
    value = table.get(name)
    if isinstance(value, datetime):
        return value.isoformat()
    return found.from_str(value) if isinstance(value, str) else ""


def _utc(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return ""
        return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError):
        return ""


def is_trial(source: ByteSource) -> bool:
    """Say whether the first assignment of a TOML text states the schema of a trial."""
    return schema_of(source) == SCHEMA


@reader(
    kind="trial",
    gives=TrialManifest,
    recognise=is_trial,
    rank=70,
    blind_to=(
        "whether the run took place as stated: the screens beside it are the evidence",
        "what was done between the steps",
        "pictures and films of screens: only their text is used",
    ),
    source="docs/how-to: record a trial; TOML 1.0.0",
)
def open_trial(source: ByteSource) -> TrialManifest:
    """Open the manifest of a trial. Raises: Unreadable."""
    return TrialManifest(source)
