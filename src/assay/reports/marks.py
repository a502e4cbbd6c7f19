"""A sign and a sentence for each standing and grade: the sign repeats the word, never replaces it."""

from assay.model.grade import Grade
from assay.model.verdict import Standing

STANDING_SIGNS = {
    Standing.SUPPORTED: "●",
    Standing.CONTRADICTED: "⊘",
    Standing.CAPABILITY_SHOWN: "◑",
    Standing.UNDECIDED: "◐",
    Standing.UNTESTED: "○",
    Standing.OTHER_SCOPE: "↗",
    Standing.NOT_TESTABLE: "—",
}

STANDING_MEANINGS = {
    Standing.SUPPORTED: "evidence within the claim’s scope shows what it says",
    Standing.CONTRADICTED: "evidence within the claim’s scope shows the opposite",
    Standing.CAPABILITY_SHOWN: "the software could do it; no recorded run within the scope shows that it did",
    Standing.UNDECIDED: "the evidence allows both, or something that was not examined could turn it",
    Standing.UNTESTED: "the evidence that it needs is not in this case",
    Standing.OTHER_SCOPE: "there is evidence, of another handset, build, market or date; it decides nothing here",
    Standing.NOT_TESTABLE: "no examination of a phone can answer it",
}

GRADE_MEANINGS = {
    Grade.CARRIED: "it is there; no path to a consequence is shown",
    Grade.DORMANT: "a path is shown; the gate is closed under the profile",
    Grade.REACHABLE: "a path is shown; the gate is open under the profile",
    Grade.OBSERVED: "that very consequence was seen in a recorded run",
}
