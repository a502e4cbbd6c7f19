"""Facts of the handset's own story: what it says it is and how it is set."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class BuildProperty(Fact, frozen=True, kw_only=True):
    """One system property from a property file or a getprop transcript."""

    name: Annotated[str, Column("property name")]
    value: Annotated[str, Column("as found")]


class Preference(Fact, frozen=True, kw_only=True):
    """One value of an app's shared preferences."""

    name: Annotated[str, Column("key")]
    type: Annotated[str, Column("boolean, int, long, float, string or set")]
    value: Annotated[str, Column("as found; a set as canonical JSON")]
