"""A rule that holds for a handset, with the facts that carry it."""

import msgspec

from assay.model.grade import GradeRange


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One row for each rule × handset × profile × subject; `profile` is empty where no gate takes part.

    `id` is ``w-`` and the first 16 hex digits of the sha256 over (rule, handset, profile, subject).
    `facts` are ids of fact rows in sorted order; `detail` holds the rule's own columns for people to read.
    """

    id: str
    rule: str
    handset: str
    profile: str
    subject: str
    grade: GradeRange
    facts: tuple[str, ...]
    detail: dict[str, str]
