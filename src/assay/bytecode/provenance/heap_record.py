"""What is known of where an object goes."""

from typing import NamedTuple

import msgspec

from assay.bytecode.provenance.links_record import Context


class Use(NamedTuple):
    """An operand that may be the object, or at `depth` 1 and more something that holds it.

    `operand` counts the arguments of a call (`Call.arguments`, the receiver first), else the operands of the
    instruction (`Body.reads`); `value` is the value of the definition that is read there.
    """

    definition: int
    row: int
    operand: int
    context: Context
    value: int
    depth: int


class Lost(NamedTuple):
    """Where following the object ended although it goes on."""

    definition: int
    row: int
    why: str


class Uses(msgspec.Struct, frozen=True, eq=False):
    """Everywhere an object is used, by definition, row and operand; what holds it stands apart in `held`.

    `complete`: nothing was lost and the budget sufficed.
    """

    uses: tuple[Use, ...]
    held: tuple[Use, ...]
    lost: tuple[Lost, ...]
    steps: int

    @property
    def complete(self) -> bool:
        """Whether the object goes nowhere else."""
        return not self.lost
