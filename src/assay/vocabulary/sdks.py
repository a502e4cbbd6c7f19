"""Facts of whose code an app is made of."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class SdkUse(Fact, frozen=True, kw_only=True):
    """An SDK of the table that code of an app is attributed to, in one way."""

    package: Annotated[str, Column("package name")]
    sdk: Annotated[str, Column("id of the SDK in the table")]
    name: Annotated[str, Column("name of the SDK")]
    publisher: Annotated[str, Column("who publishes it")]
    category: Annotated[str, Column("what it is for, e.g. networking")]
    how: Annotated[str, Column("named (packages and features agree), renamed (features) or name only (packages)")]
    classes: Annotated[int, Column("classes attributed in this way", "classes")]
    instructions: Annotated[int, Column("instructions of these classes", "instructions")]
    features: Annotated[int, Column("features of the table found in them", "features")]
    known_features: Annotated[int, Column("features of the SDK in the table, 0 for one of packages only", "features")]
    versions: Annotated[
        tuple[str, ...], Column("versions of the table that the features found fit best, sorted; empty where none is")
    ]
    as_of: Annotated[str, Column("day of the row of the table, ISO 8601")]
    verified: Annotated[str, Column("verified (its code was read), secondary or unverified")]


class CodeShare(Fact, frozen=True, kw_only=True):
    """How much of the code of an app has one origin; the rows of an app are all of its code."""

    package: Annotated[str, Column("package name")]
    origin: Annotated[str, Column("own, named, renamed, name only, could not tell: renamed code, or other named code")]
    classes: Annotated[int, Column("classes defined", "classes")]
    instructions: Annotated[int, Column("instructions of their methods", "instructions")]
    per_mille: Annotated[int, Column("share of the app's instructions, rounded down", "1/1000")]
