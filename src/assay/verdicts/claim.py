"""A public statement as data: what was said, by whom, how strongly, of what – and what would decide it."""

from enum import StrEnum
from typing import Literal

import msgspec

from assay.model.grade import Grade
from assay.verdicts.standing import Logic


class Strength(StrEnum):
    """How strongly the speaker spoke."""

    ASSERTED = "asserted"
    BELIEVED = "believed"
    SUSPECTED = "suspected"
    DENIED = "denied"
    ASKED = "asked"


class Topic(StrEnum):
    """Which question of the letter a claim helps to answer."""

    DATA = "data"
    RESTRICTION = "restriction"
    SECURITY = "security"


class ClaimScope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which handsets' evidence is evidence for the claim; an empty field stands for any.

    `make` and `model` are compared without regard to case, a model with or without its make before it; `market` holds
    ISO 3166-1 codes, and ``EU`` for every member of the European Union; `build` and `laboratory` hold whole words or
    numbers of the build's name and of who acquired the evidence;
    `since` and `until` are days (YYYY-MM-DD) between which the evidence was acquired.
    """

    make: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    market: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    laboratory: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A finding of `rule` that reaches the grade `at_least`, with conditions on its detail, subject or profile.

    A detail may hold several items; a condition on it holds where one of them does. `where`: every key has one of the
    values · `any_of`: some key has · `none_of`: no key has · `minimum`, `maximum`: a number under the key is at least,
    at most. ``EU`` under ``profile`` stands for every profile of the European Union. `possible` says that such a
    finding may be a witness, but something else decides whether it is.
    """

    rule: str
    at_least: str = "carried"
    possible: bool = False
    where: dict[str, tuple[str, ...]] = {}
    any_of: dict[str, tuple[str, ...]] = {}
    none_of: dict[str, tuple[str, ...]] = {}
    minimum: dict[str, int] = {}
    maximum: dict[str, int] = {}

    @property
    def grade(self) -> Grade:
        """The grade to reach."""
        return Grade.parse(self.at_least)


class Power(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that must hold for silence to mean something; `says` reads well after "because".

    `looked` names a fact table: some artefact of the handset was looked at by an analyser that fills it, and none such
    analyser skipped, failed or met something that it could not follow · `holds`: there is such a finding · `lacks`:
    there is none.
    """

    says: str
    looked: str = ""
    holds: Condition | None = None
    lacks: Condition | None = None


class Need(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of evidence that the claim needs (data/claims/catalogue.toml), and what is to be done for it."""

    evidence: str
    run: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim; `id` is the path of its file.

    `wording` is the speaker's own where `paraphrase` is false. `short` is a label for tables. `unexamined` names gaps
    of the catalogue: what this version cannot look at, and the claim turns on.
    """

    id: str
    wording: str
    paraphrase: bool
    language: str
    translation: str
    short: str
    who: str
    when: str
    strength: Strength
    logic: Logic
    topics: tuple[Topic, ...]
    scope: ClaimScope
    source: str
    as_of: str
    verified: Literal["primary", "secondary", "unverified"]
    supports: tuple[Condition, ...]
    contradicts: tuple[Condition, ...]
    capability: tuple[Condition, ...]
    power: tuple[Power, ...]
    unexamined: tuple[str, ...]
    needs: tuple[Need, ...]
    what_would_change: tuple[str, ...]
    sha256: str
