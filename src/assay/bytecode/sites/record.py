"""Places where text may meet a list, as columns: one row a candidate, those left out with their reason."""

from collections.abc import Iterator
from enum import IntEnum

import msgspec
import numpy as np
import numpy.typing as npt

from assay.bytecode.kernel import settled

I1 = npt.NDArray[np.int8]
U1 = npt.NDArray[np.uint8]
I4 = npt.NDArray[np.int32]
U4 = npt.NDArray[np.uint32]
I8 = npt.NDArray[np.int64]


class Typed(IntEnum):
    """Whether what is compared is text, by the types that this method shows."""

    UNKNOWN = 0
    YES = 1
    NO = 2


class Reason(IntEnum):
    """Why a candidate is not followed further; `KEPT` are followed."""

    KEPT = 0
    NOT_TEXT = 1
    RESULT_UNUSED = 2
    ONE_CONSTANT = 3
    CHAIN = 4
    OBJECTS = 5
    NO_LIST = 6
    UNTYPED = 7


SAID = {
    Reason.KEPT: "followed",
    Reason.NOT_TEXT: "the types of the operands are not text",
    Reason.RESULT_UNUSED: "the result decides nothing in its method",
    Reason.ONE_CONSTANT: "one variable with one constant: a gate, not a list",
    Reason.CHAIN: "a further constant of a chain that is followed from its first comparison",
    Reason.OBJECTS: "equality of objects within equals, hashCode or compareTo",
    Reason.UNTYPED: "nothing in its method says that what is compared is text",
    Reason.NO_LIST: "nothing here comes from a list, and no loop asks again and again",
}
"""What each reason says in a ledger."""

FAMILIES = ("substring", "whole", "prefix", "regex", "collection", "text-utils", "sql", "stream", "digest", "replace",
            "characters", "trie", "automaton", "hashes", "switch", "native")  # fmt: skip
"""Families of candidates: by what is called, from ``characters`` on by the structure of the code."""

OPERATORS = (
    "contains", "index-of", "index-of-any", "equals", "equals-ignore-case", "compare", "compare-ignore-case",
    "starts-with", "ends-with", "region-matches", "matches-regex", "find-regex", "replace-regex", "split-regex",
    "replace", "replace-and-compare", "contains-member", "contains-all", "contains-key", "contains-value", "look-up",
    "disjoint", "retain", "remove", "any-match", "like", "match", "glob", "regexp", "equals-bound", "equals-bytes",
    "character-loop", "trie-step", "automaton-step", "contains-hash", "string-switch", "native-call",
)  # fmt: skip
"""What a comparison asks; those with a pure model stand in `assay.bytecode.sites.operators`."""


class Site(msgspec.Struct, frozen=True):
    """One candidate.

    Operands are (row, number): of a call its arguments, receiver first, a wide one once; of any
    other instruction the registers it reads, in the order of `Values.read`; a number of -1 stands for one not known.

    `definition`: of the DEX file or program asked; `row`, `pc`: the comparing instruction in its method's code;
    `method`: method id of the call in its own DEX file, -1 where none is called; `symmetric`: text and list are told
    apart by where they come from alone, and may be the other way round; `head`: of a chain of comparisons of one
    variable with several constants the row of the first, which stands for all, else -1; `score`: 0 to 100,
    the more like a list.
    """

    definition: int
    row: int
    pc: int
    family: str
    operator: str
    method: int
    text: tuple[int, int]
    list: tuple[int, int]
    symmetric: bool
    text_typed: Typed
    in_loop: bool
    decides: bool
    reason: Reason
    head: int
    score: int


class Sites(msgspec.Struct, frozen=True, eq=False):
    """All candidates in the order of definitions, then of code; fields of `Site` as columns.

    `definition`, `row`, `method`, `text_row`, `list_row` i4; `pc` u4; `text`, `list` i1: numbers of operands; `family`,
    `operator` u1: rows of `FAMILIES` and `OPERATORS`; `symmetric`, `in_loop`, `decides` u1; `text_typed` u1 (`Typed`);
    `reason` u1 (`Reason`); `head` i4; `score` u1.
    """

    definition: I4
    row: I4
    pc: U4
    family: U1
    operator: U1
    method: I4
    text_row: I4
    text: I1
    list_row: I4
    list: I1
    symmetric: U1
    text_typed: U1
    in_loop: U1
    decides: U1
    reason: U1
    head: I4
    score: U1

    def __len__(self) -> int:
        """Number of candidates."""
        return len(self.definition)

    def __getitem__(self, index: int) -> Site:
        """Return one candidate. Raises: IndexError."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        each = {name: int(getattr(self, name)[index]) for name in self.__struct_fields__}
        return Site(
            definition=each["definition"], row=each["row"], pc=each["pc"], family=FAMILIES[each["family"]],
            operator=OPERATORS[each["operator"]], method=each["method"], text=(each["text_row"], each["text"]),
            list=(each["list_row"], each["list"]), symmetric=bool(each["symmetric"]),
            text_typed=Typed(each["text_typed"]), in_loop=bool(each["in_loop"]), decides=bool(each["decides"]),
            reason=Reason(each["reason"]), head=each["head"], score=each["score"],
        )  # fmt: skip

    def __iter__(self) -> Iterator[Site]:
        """Yield all candidates in order."""
        return (self[index] for index in range(len(self)))

    @property
    def kept(self) -> I8:
        """Rows of the candidates to follow, ascending."""
        return np.flatnonzero(self.reason == Reason.KEPT)

    def taken(self, rows: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> "Sites":
        """Return the chosen rows in the order given."""
        return Sites(*(settled(getattr(self, name)[rows]) for name in self.__struct_fields__))

    def left_out(self) -> dict[Reason, int]:
        """Return how many candidates are not followed, by reason, those that occur."""
        counts = np.bincount(self.reason, minlength=len(Reason)).tolist()
        return {reason: counts[reason] for reason in Reason if reason is not Reason.KEPT and counts[reason]}


DTYPES = {
    "definition": np.int32, "row": np.int32, "pc": np.uint32, "family": np.uint8, "operator": np.uint8,
    "method": np.int32, "text_row": np.int32, "text": np.int8, "list_row": np.int32, "list": np.int8,
    "symmetric": np.uint8, "text_typed": np.uint8, "in_loop": np.uint8, "decides": np.uint8, "reason": np.uint8,
    "head": np.int32, "score": np.uint8,
}  # fmt: skip
"""The dtype of each column of `Sites`, in their order."""


def joined(parts: list[Sites]) -> Sites:
    """Return the candidates of all parts one behind the other."""
    return Sites(
        *(
            settled(np.concatenate([np.zeros(0, dtype), *(getattr(part, name) for part in parts)]).astype(dtype))
            for name, dtype in DTYPES.items()
        )
    )
