"""The whole exception tree of the bench, with the exit code of each.

Failures of evidence are records (`assay.model.problem`); exceptions are for the person at the keyboard.
The one exception that evidence causes is `Unreadable`: a reader raises it when nothing of an artefact can be
read, and the engine turns it into a problem record and a `failed` coverage row.
"""

from enum import IntEnum

from assay.model.text import show


class ExitCode(IntEnum):
    """What the process returns (DESIGN: command line)."""

    DONE = 0
    GRADE_REACHED = 1
    USAGE = 2
    EVIDENCE_UNREADABLE = 3
    RULE_OR_CLAIM_WRONG = 4
    MISMATCH = 5
    NO_SANDBOX = 6
    PARTLY_UNREADABLE = 7
    INTERRUPTED = 130


class AssayError(Exception):
    """Says what is wrong with which thing and what to do next."""

    exit_code = ExitCode.USAGE

    def __init__(self, thing: str, fact: str, next_step: str) -> None:
        """Takes the three parts of every message: the thing, the fact, the next step; names of evidence may be in it.

        The message is printable: no name in it can move the cursor of a terminal or turn a line.
        """
        super().__init__(f"{show(thing)}: {show(fact)}. {show(next_step)}")
        self.thing = thing
        self.fact = fact
        self.next_step = next_step


class UsageError(AssayError):
    """An argument or an option cannot be used as given."""


class EvidenceError(AssayError):
    """None of the evidence named by the user can be read."""

    exit_code = ExitCode.EVIDENCE_UNREADABLE


class CaseError(AssayError):
    """A case folder is missing, damaged or of a schema this version does not know."""

    exit_code = ExitCode.EVIDENCE_UNREADABLE


class RulebookError(AssayError):
    """A rule or a claim file is wrong."""

    exit_code = ExitCode.RULE_OR_CLAIM_WRONG


class MismatchError(AssayError):
    """A digest, a signature or a replayed stage is not what it should be."""

    exit_code = ExitCode.MISMATCH


class SandboxError(AssayError):
    """Workers cannot be closed in as far as was asked for."""

    exit_code = ExitCode.NO_SANDBOX


class Unreadable(Exception):
    """Nothing of an artefact can be read; `what` says why, `cost` what that costs the verdict."""

    def __init__(self, what: str, cost: str = "nothing inside it was examined") -> None:
        """Takes the fact and what it costs."""
        super().__init__(what)
        self.what = what
        self.cost = cost
