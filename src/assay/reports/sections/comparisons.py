"""What is compared with what: each comparison with its origins, consequence, gate, and what was not followed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from assay.findings.database import Database
from assay.reference.profiles import profiles
from assay.reports.sections.states import StateView, states
from assay.reports.sections.supplies import Missing, Supply, missing, supplies

SHOWN = 60
"""Most comparisons that are printed, those of the user's text with a consequence first; all stand in facts.jsonl."""
MOST = 12
"""Most details, entries, calls or variables of a comparison that are printed; the others are counted."""
LONGEST = 600
"""Most characters of a text of the evidence that are printed; the others are counted."""

_COMPARED = """
SELECT artefact, comparison, min(fact) AS fact, list_sort(list(DISTINCT handset)) AS handsets,
    any_value(subject ORDER BY handset, profile) AS subject,
    list_sort(list(DISTINCT handset || CASE profile WHEN '' THEN '' ELSE ' under ' || profile END || ': ' || grade))
        AS grades,
    list_sort(list_distinct(flatten(list(lists)))) AS lists,
    array_to_string(list_sort(list(DISTINCT remote_content)), ' or ') AS remote_content,
    any_value(COLUMNS('^(package|class_name|method|code_offset|api|operator|folding|entry|chain|list_origin|list_detail'
        || '|list_terms|text_origin|text_detail|whose|consequences|message|gate|unknowns)$')
        ORDER BY handset, profile)
FROM compared GROUP BY artefact, comparison
"""
_RANKED = f"""
SELECT * FROM ({_COMPARED})
ORDER BY len(consequences) = 0,
    CASE whose WHEN 'user' THEN 0 WHEN 'page' THEN 1 WHEN 'unknown' THEN 2 WHEN 'other' THEN 3 ELSE 4 END,
    package, comparison, artefact
"""  # noqa: S608 - a constant of this module
_ONE = f"SELECT * FROM ({_COMPARED}) WHERE comparison = ? ORDER BY artefact"  # noqa: S608 - a constant of this module
_COUNT = "SELECT count(DISTINCT (artefact, comparison)) AS n FROM comparison"
_PART = "SELECT DISTINCT * EXCLUDE (fact, handset, analyser) FROM {table} WHERE (artefact, comparison) IN ({places})"


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """The gate under profiles that have the same line."""

    profiles: tuple[str, ...]
    before: str
    server_opens: str
    server_closes: str
    user_opens: str


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """A variable of the gate, once for all branches that test it."""

    name: str
    controller: str
    stages: tuple[str, ...]
    constants: tuple[str, ...]
    default: str


class Unfollowed(msgspec.Struct, frozen=True, kw_only=True):
    """What was not followed, and what it leaves open."""

    costs: str
    reason: str


class ComparisonView(msgspec.Struct, frozen=True, kw_only=True):
    """One comparison in one file of code; `grades` say each handset and profile."""

    comparison: str
    artefact: str
    fact: str
    subject: str
    handsets: tuple[str, ...]
    grades: tuple[str, ...]
    package: str
    class_name: str
    method: str
    code_offset: int
    api: str
    operator: str
    folding: str
    entry: str
    chain: tuple[str, ...]
    text_origin: str
    text_detail: tuple[str, ...]
    list_origin: str
    list_detail: tuple[str, ...]
    list_terms: tuple[str, ...]
    lists: tuple[str, ...]
    whose: str
    consequences: tuple[str, ...]
    message: tuple[str, ...]
    gate: str
    remote_content: str
    unknowns: int
    truths: tuple[Truth, ...] = ()
    variables: tuple[Variable, ...] = ()
    unfollowed: tuple[Unfollowed, ...] = ()
    supplies: tuple[Supply, ...] = ()
    missing: tuple[Missing, ...] = ()
    states: tuple[StateView, ...] = ()


class Comparisons(msgspec.Struct, frozen=True, kw_only=True):
    """The section; `left_out` comparisons are not printed."""

    shown: tuple[ComparisonView, ...]
    left_out: int


def comparisons(database: Database) -> Comparisons:
    """Return the section of a case."""
    total = msgspec.convert(database.query(_COUNT)[0]["n"], int)
    shown = _views(database, _rows(database, f"{_RANKED} LIMIT {SHOWN}"))
    return Comparisons(shown=tuple(shown), left_out=total - len(shown))


def comparison(database: Database, name: str) -> tuple[ComparisonView, ...]:
    """Return the comparison of an id, once for each file of code that makes it."""
    return tuple(_views(database, _rows(database, _ONE, [name])))


def _clipped(value: object) -> object:
    """Return a value of a row with each text in it cut at `LONGEST`."""
    if isinstance(value, list):
        return [_clipped(one) for one in value]
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}… and {len(value) - LONGEST} characters more"
    return value


def _rows(database: Database, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, object]]:
    rows = database.query(sql, parameters)
    return [{name: _clipped(value) for name, value in row.items()} for row in rows]


def _views(database: Database, rows: list[dict[str, object]]) -> list[ComparisonView]:
    keys = [(str(row["artefact"]), str(row["comparison"])) for row in rows]
    truths, variables, unfollowed = (
        _parts(database, table, keys) for table in ("gate_truth", "gate_variable", "unfollowed_edge")
    )
    given, wanted, stands = supplies(database, keys), missing(database, keys), states(database, keys)
    return [
        msgspec.structs.replace(
            msgspec.convert(row, ComparisonView),
            supplies=given.get(key, ()),
            missing=wanted.get(key, ()),
            states=stands.get(key, ()),
            truths=_truths(truths[key]),
            variables=_variables(variables[key]),
            unfollowed=tuple(dict.fromkeys(msgspec.convert(one, Unfollowed) for one in unfollowed[key])),
        )
        for key, row in zip(keys, rows, strict=True)
    ]


_Parts = dict[tuple[str, str], list[dict[str, object]]]


def _parts(database: Database, table: str, keys: list[tuple[str, str]]) -> _Parts:
    found: _Parts = defaultdict(list)
    if keys:
        places = ", ".join(["(?, ?)"] * len(keys))
        sql = _PART.format(table=table, places=places)
        for row in _rows(database, f"{sql} ORDER BY ALL", [each for key in keys for each in key]):
            found[str(row["artefact"]), str(row["comparison"])].append(row)
    return found


def _truths(rows: Iterable[dict[str, object]]) -> tuple[Truth, ...]:
    """Return the truth table with profiles of the same line together, in the order of their first profile."""
    lines: dict[tuple[str, ...], list[str]] = {}
    for row in sorted(rows, key=lambda row: str(row["profile"])):
        line = tuple(str(row[name]) for name in ("unset", "server_opens", "server_closes", "user_opens"))
        lines.setdefault(line, []).append(str(row["profile"]))
    return tuple(
        Truth(profiles=_short(named), before=line[0], server_opens=line[1], server_closes=line[2],
              user_opens=line[3])
        for line, named in lines.items()
    )  # fmt: skip


def _short(named: list[str]) -> tuple[str, ...]:
    """Return the ids, with one word for all members of the European Union where none is missing."""
    union = {name for name, profile in profiles().items() if profile.european_union}
    if not union <= set(named):
        return tuple(dict.fromkeys(named))
    return ("every eu-…", *(name for name in dict.fromkeys(named) if name not in union))


def _variables(rows: Iterable[dict[str, object]]) -> tuple[Variable, ...]:
    named: dict[tuple[str, str, str], list[dict[str, object]]] = {}
    for row in rows:
        named.setdefault((str(row["variable"]), str(row["controller"]), str(row["default"])), []).append(row)
    return tuple(
        Variable(
            name=name,
            controller=controller,
            default=default,
            stages=tuple(sorted({str(row["stage"]) for row in same})),
            constants=tuple(sorted({one for row in same for one in msgspec.convert(row["constants"], list[str])})),
        )
        for (name, controller, default), same in sorted(named.items())
    )
