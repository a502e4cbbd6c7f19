"""Scoring: the whole tuple and each member; known idioms and those held back apart; two trivial answers beside."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.gatebench import trivial
from benchmarks.gatebench.examination import Claim
from benchmarks.gatebench.fragments import PROFILES
from benchmarks.gatebench.specimens import Specimen, installed
from benchmarks.gatebench.truth import MEMBERS, Truth, grade, switches

Tuple = Mapping[str, object]
MISSING = ("missing", "missing", "missing", "missing")


def said(claim: Claim) -> dict[str, object]:
    """Return the tuple that a claim states; a profile it says nothing of is "missing"."""
    rows = {profile.id: claim.gates.get(profile.id, MISSING) for profile in PROFILES}
    return {
        "list_origin": claim.list_origin,
        "text_origin": claim.text_origin,
        "consequences": claim.consequences,
        "gate": rows,
        "remote_content": claim.remote_content,
        "remote_switch": switches(rows) | {"any": claim.remote_switch},
        "grade": {profile: grade(row[0]) if claim.path_shown else "carried" for profile, row in rows.items()},
    }


def _meant(tuple_: dict[str, object], also: set[str], origin: str) -> dict[str, object]:
    """Return the tuple with a text origin that is right as well as the stated one."""
    return tuple_ | ({"text_origin": origin} if tuple_["text_origin"] in also else {})


def reaches(claim: Claim) -> bool:
    """Return whether a claim says that a consequence follows from a match."""
    return claim.path_shown and bool(set(claim.consequences) - {"none"})


@dataclass(frozen=True)
class Verdict:
    """How a case was answered: which members are right, and why it counts as a miss if it does."""

    specimen: Specimen
    right: Mapping[str, bool]
    reason: str
    best: Tuple

    @property
    def exact(self) -> bool:
        """Return whether the whole tuple is right and nothing contradicts it."""
        return not self.reason


def verdict(specimen: Specimen, truth: Truth, claims: Iterable[Claim]) -> Verdict:
    """Return how the claims on one package answer its case: the best one counts, if no other contradicts it."""
    wanted = truth.members()
    also = {word for idiom in specimen.idioms for word in idiom.also}
    shown = [_meant(said(claim), also, truth.text_origin) for claim in claims if reaches(claim)]
    if not shown:
        return Verdict(specimen, dict.fromkeys(MEMBERS, False), "no claim with a consequence", {})
    best = max(shown, key=lambda tuple_: sum(tuple_[member] == wanted[member] for member in MEMBERS))
    right = {member: best[member] == wanted[member] for member in MEMBERS}
    wrong = [member for member in MEMBERS if not right[member]]
    if wrong:
        return Verdict(specimen, right, f"wrong: {', '.join(wrong)}", best)
    others = [each for each in shown if each["text_origin"] == wanted["text_origin"] and each != best]
    return Verdict(specimen, right, "contradicted by another claim" if others else "", others[0] if others else best)


def false_claims(specimen: Specimen, claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims on a decoy or negative twin that say more than is true of it."""
    allowed = set(specimen.idioms[0].allowed) if specimen.twin == "decoy" else set()
    found = [claim for claim in claims if reaches(claim) and set(claim.consequences) - {"none"} - allowed]
    if specimen.twin == "other-text":
        text = next(idiom for idiom in specimen.idioms if idiom.kind == "text")
        return [claim for claim in found if claim.text_origin == text.origin != "unknown"]
    return found


def score(specimens: Sequence[Specimen], claims: Iterable[Claim], markers: Mapping[str, bytes]) -> dict[str, object]:
    """Return the result of a run; `markers` holds the code of each package, for the trivial answer by names alone."""
    result = scored(specimens, claims)
    tuples = [specimen.truth for specimen in specimens if specimen.truth]
    everywhere = trivial.everywhere(specimens, tuples)
    by_names = trivial.by_names(specimens, markers)
    result["baseline"] = {
        "finding_everywhere": _brief(scored(specimens, everywhere)),
        "flow_insensitive": _brief(scored(specimens, by_names)),
    }
    return result


def _brief(result: Mapping[str, object]) -> dict[str, object]:
    return {key: result[key] for key in ("tuple_exact", "tuple_exact_held_back", "members", "false_positives")}


def scored(specimens: Sequence[Specimen], claims: Iterable[Claim]) -> dict[str, object]:
    """Return the score of any answers."""
    by_package: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_package[claim.package].append(claim)
    verdicts = [verdict(each, each.truth, by_package[each.package]) for each in specimens if each.truth]
    decoys = [each for each in installed(specimens) if not each.truth]
    false = [(each, found) for each in decoys if (found := false_claims(each, by_package[each.package]))]
    known = [each for each in verdicts if not each.specimen.held_back]
    held_back = [each for each in verdicts if each.specimen.held_back]
    return {
        "cases": len(verdicts),
        "decoys": len(decoys),
        "tuple_exact": _share(each.exact for each in known),
        "tuple_exact_held_back": _share(each.exact for each in held_back),
        "members": {member: _share(each.right[member] for each in known) for member in MEMBERS},
        "false_positives": len(false),
        "cannot_follow_right": _followed(verdicts),
        "misses": [*map(_miss, (each for each in verdicts if not each.exact)), *map(_false, false)],
    }


def _share(right: Iterable[bool]) -> float | None:
    """Return the share of what is right; None where there was nothing to get right."""
    counted = Counter(right)
    return round(counted[True] / counted.total(), 4) if counted else None


def _followed(verdicts: Iterable[Verdict]) -> float | None:
    """Return in which share of the members that nobody can decide the product says so."""
    return _share(
        each.right[member] for each in verdicts if each.specimen.truth for member in each.specimen.truth.undecidable
    )


def _miss(each: Verdict) -> dict[str, object]:
    assert each.specimen.truth
    wanted = each.specimen.truth.members()
    wrong = [member for member in MEMBERS if not each.best or each.best[member] != wanted[member]]
    answers = {member: {"truth": wanted[member], "said": each.best.get(member)} for member in wrong}
    return each.specimen.described() | {
        "held_back": each.specimen.held_back,
        "reason": each.reason,
        "members": answers if each.best else {},
    }


def _false(item: tuple[Specimen, list[Claim]]) -> dict[str, object]:
    specimen, claims = item
    rows = [f"{claim.place}: {claim.list_origin}, {claim.text_origin}, {claim.consequences}" for claim in claims]
    return specimen.described() | {
        "held_back": specimen.held_back,
        "reason": "false positive",
        "members": {"rows": rows},
    }
