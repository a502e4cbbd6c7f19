"""The rows of fact tables that one comparison gives."""

from collections.abc import Iterator

from assay.applications.tracing import Tracing
from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.provenance.origins import CONSTANT
from assay.facts.comparisons.found import Found
from assay.facts.comparisons.operands import details
from assay.model.canonical import digest
from assay.model.ids import short
from assay.model.locator import InnerPlace
from assay.vocabulary.comparisons import Comparison, GateTruth, GateVariable, UnfollowedEdge

MOST_TERMS = 20
_YES = {Truth.YES: "yes", Truth.MAYBE: "unknown", Truth.NO: "no"}
_OPEN = {Truth.YES: "open", Truth.MAYBE: "unknown", Truth.NO: "closed"}
_OPERATORS = {
    "contains": "substring", "index-of": "substring", "index-of-any": "substring", "equals": "whole",
    "equals-ignore-case": "whole", "compare": "whole", "compare-ignore-case": "whole", "starts-with": "prefix",
    "ends-with": "suffix", "region-matches": "substring", "matches-regex": "regex", "find-regex": "regex",
    "replace-regex": "regex", "replace": "substring", "replace-and-compare": "substring", "contains-member": "member",
    "contains-all": "member", "contains-key": "member", "contains-value": "member", "look-up": "member",
    "disjoint": "member", "retain": "member", "remove": "member", "any-match": "member", "equals-bytes": "digest",
    "contains-hash": "digest", "like": "sql", "match": "sql", "glob": "sql", "regexp": "sql", "equals-bound": "sql",
    "native-call": "native", "string-switch": "whole", "character-loop": "substring", "trie-step": "substring",
    "automaton-step": "substring",
}  # fmt: skip
_FOLDS = ("lower", "upper", "trim", "normalise")


class Rows:
    """Makes the rows of the comparisons of one app."""

    def __init__(self, package: str, tracing: Tracing) -> None:
        """Take the app."""
        self._package, self._tracing = package, tracing

    def of(self, found: Found, row: Comparison) -> Iterator[Comparison | GateTruth | GateVariable | UnfollowedEdge]:
        """Yield the row of a comparison, then its gate by profile and variable, then what could not be followed."""
        yield row
        for line in found.gate.lines:
            yield GateTruth(
                place=row.place, comparison=row.comparison, profile=line.profile, unset=_OPEN[line.unset],
                server_opens=_YES[line.server_opens], server_closes=_YES[line.server_closes],
                user_opens=_YES[line.user_opens],
            )  # fmt: skip
        yield from self._variables(row, found)
        for costs, why in dict.fromkeys(found.lost):
            yield UnfollowedEdge(place=row.place, comparison=row.comparison, reason=why, where=row.place, costs=costs)

    def _variables(self, row: Comparison, found: Found) -> Iterator[GateVariable]:
        for condition in found.gate.conditions:
            for variable in condition.variables:
                yield GateVariable(
                    place=self._place(condition.definition, condition.row), comparison=row.comparison,
                    stage=condition.stage, variable=variable.name, constants=condition.constants,
                    default=variable.default, controller=variable.controller, condition=condition.text,
                )  # fmt: skip

    def comparison(self, found: Found) -> Comparison:
        """Return the row of a comparison."""
        site, terms = found.site, self._tracing.evaluator.terms
        class_name, _, method = self._tracing.name(site.definition).partition("->")
        chain = self._chain(found.chain.context)
        api = self._api(found)
        place = self._place(site.definition, site.row)
        identity = [self._package, place, chain, found.list_side.word, found.text_side.word, api]
        effects = found.outcome.effects
        return Comparison(
            place=place, comparison=short("c", digest(identity)), package=self._package, class_name=class_name,
            method=method, code_offset=site.pc, api=api, operator=_OPERATORS.get(site.operator, "other"),
            folding=self._folding(found), entry=self._entry(found), chain=chain, list_origin=found.list_side.word,
            list_detail=details(terms, found.list_side.origins), list_terms=self._entries(found),
            text_origin=found.text_side.word, text_detail=details(terms, found.text_side.origins),
            consequences=found.outcome.consequences,
            message=tuple(dict.fromkeys(text for one in effects if one.consequence == "message" for text in one.texts)),
            gate=found.gate.formula, remote_content=found.remote_content, remote_switch=found.remote_switch,
            path_shown=bool(effects), unknowns=len(set(found.lost)),
        )  # fmt: skip

    def _api(self, found: Found) -> str:
        body = self._tracing.bodies.of(found.site.definition)
        call = None if body is None else body.call(found.site.row)
        if call is None:
            return found.site.family
        owner = call.owner.decode("utf-8", "backslashreplace").strip("L;").replace("/", ".")
        return f"{owner}.{call.name.decode('utf-8', 'backslashreplace')}"

    def _place(self, definition: int, row: int) -> str:
        body = self._tracing.bodies.of(definition)
        pc = 0 if body is None else body.pc(row)
        return str(InnerPlace("method", f"{self._tracing.name(definition)}+0x{pc:x}"))

    def _chain(self, context: Context) -> tuple[str, ...]:
        return tuple(
            f"{self._tracing.name(link.caller)}+0x{self._pc(link.caller, link.row):x} ({link.kind})" for link in context
        )

    def _pc(self, definition: int, row: int) -> int:
        body = self._tracing.bodies.of(definition)
        return 0 if body is None else body.pc(row)

    def _entry(self, found: Found) -> str:
        top = found.chain.context[0].caller if found.chain.context else found.site.definition
        roots = self._tracing.gates.execution.roots(top)
        return self._tracing.name(roots[0]) if roots else ""

    def _folding(self, found: Found) -> str:
        """Return what is done to text and list before they meet, in the order of the terms."""
        terms = self._tracing.evaluator.terms
        done = []
        for side, way in (("text", found.text_side.origins), ("list", found.list_side.origins)):
            for number in way[0].way if way else ():
                model = terms[number].model
                ops = {flow.op for flow in model.flows} if model is not None else set()
                done += [f"{side}:{op}" for op in _FOLDS if op in ops]
        return " ".join(dict.fromkeys(done))

    def _entries(self, found: Found) -> tuple[str, ...]:
        terms = self._tracing.evaluator.terms
        texts = [str(terms[origin.term].value) for origin in found.list_side.origins if origin.label == CONSTANT]
        return tuple(dict.fromkeys(texts))[:MOST_TERMS]
