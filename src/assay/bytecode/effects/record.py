"""What follows from a comparison."""

from typing import NamedTuple

from assay.bytecode.effects.supposing import Worlds
from assay.bytecode.provenance.links_record import Context

CONSEQUENCES = (
    "dropped", "refused", "masked", "message", "navigation", "connection", "install", "hidden", "reported", "logged",
    "stored",
)  # fmt: skip
"""What can follow, in the `consequence` of an `Effect`:

dropped: an element that holds the text is not kept · refused: what the user wanted with the text is not done · masked:
the text goes on changed · message: the user is told · navigation: a page is not opened · connection: none is made ·
install: a package is not installed · hidden: an entry is not shown · reported: word or text go to a server or another
person · logged, stored: they are written down on the phone.
"""


class Effect(NamedTuple):
    """One call that follows, or that is only made when nothing matches (`suppressed`).

    `definition`, `row`, `context`: the call; for a suppressed one the branch that leads past it is `decided` by, as
    (definition, row, context), which is also the last branch on the match for any other. `api` is the called method,
    `sink` its label; `texts`: constants and resource names that are shown or sent with it, and recipients. `changed`:
    the call is made without a match, too, and given something else.
    """

    consequence: str
    suppressed: bool
    definition: int
    row: int
    context: Context
    decided: tuple[int, int, Context]
    api: str
    sink: str
    texts: tuple[str, ...] = ()
    changed: bool = False


class Outcome(NamedTuple):
    """`effects` by place; `lost`: why the result of the comparison could not be followed further, where it could not.

    `unused`: the result decides nothing at all. `supposed`: the worlds in which it matches and does not, None where the
    comparison gives nothing that can be supposed, or was not followed.
    """

    effects: tuple[Effect, ...]
    lost: tuple[str, ...] = ()
    unused: bool = False
    supposed: Worlds | None = None

    @property
    def consequences(self) -> tuple[str, ...]:
        """The words for what follows, sorted, each once."""
        return tuple(sorted({effect.consequence for effect in self.effects}))
