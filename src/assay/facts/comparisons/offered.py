"""What an app hands to others, before its list is looked at: by which handle, who can take it, where and when."""

from typing import NamedTuple

from assay.bytecode.gates.formula import OPEN, Formula
from assay.facts.comparisons.outside import Handle

ANYONE, NOBODY = "any", "closed"
NO_CODE = "no code of the app that answers"


class Offered(NamedTuple):
    """A thing handed out at an instruction, or, where `definition` is -1, by a component as a whole.

    `term`: of what is handed; -1: nothing of it is known. `when`: the condition under which it is.
    """

    handle: Handle
    definition: int
    row: int
    term: int
    component: str = ""
    access: str = ANYONE
    recipient: str = ""
    when: Formula = OPEN
