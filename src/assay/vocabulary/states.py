"""Facts of gates in a state: what they are for each state of their settings, and for the one that a handset is in."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact

_COMPARISON = Column("id of the comparison")
_KIND = Column("settings: preferences of the app; answer: what a server sent, nothing chosen beside")
_VARIABLES = Column("preference:file/key, or remote:key of an answer, sorted")


class GateState(Fact, frozen=True, kw_only=True):
    """What the gate of a comparison is for one combination of values; those of a comparison stand for all others.

    A value is written ``-`` where nothing stands there, ``#`` and a number (flags are 0 and 1), or ``=`` and a text.
    """

    comparison: Annotated[str, _COMPARISON]
    package: Annotated[str, Column("package name of the app that compares")]
    kind: Annotated[str, _KIND]
    variables: Annotated[tuple[str, ...], _VARIABLES]
    values: Annotated[tuple[str, ...], Column("value of each variable: -, # and a number, or = and a text")]
    ordered: Annotated[tuple[str, ...], Column("variables of which a number stands for those up to the next, sorted")]
    open_in: Annotated[tuple[str, ...], Column("profiles under which the gate is then open, sorted")]
    closed_in: Annotated[tuple[str, ...], Column("profiles under which it is then closed, sorted; in others: unknown")]
    addresses: Annotated[tuple[str, ...], Column("addresses in the code that the answer is asked from, sorted")]


class GateInState(Fact, frozen=True, kw_only=True):
    """What the gate of a comparison is in the state that evidence of a handset shows (joined)."""

    comparison: Annotated[str, _COMPARISON]
    on_handset: Annotated[str, Column("the handset whose state it is")]
    kind: Annotated[str, _KIND]
    day: Annotated[str, Column("UTC day of the acquisition or of the answer, as stated; empty: not stated")]
    seen_in: Annotated[tuple[str, ...], Column("sha256 of the files that show it, sorted")]
    variables: Annotated[tuple[str, ...], _VARIABLES]
    values: Annotated[tuple[str, ...], Column("value of each as found, absent, or not seen")]
    unseen: Annotated[tuple[str, ...], Column("variables whose value is not seen, or stands for none that is told")]
    open_in: Annotated[tuple[str, ...], Column("profiles under which the gate is then open, sorted")]
    closed_in: Annotated[tuple[str, ...], Column("profiles under which it is then closed, sorted; in others: unknown")]
