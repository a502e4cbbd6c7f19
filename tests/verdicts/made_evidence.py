"""Rows of facts as a handset could give them, for the tests that hold shipped claims against evidence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assay.model.case import Acquisition, Handset

Rows = dict[str, list[dict[str, Any]]]

XIAOMI = Handset(
    name="North",
    make="Xiaomi",
    model="Mi 10T",
    market="LT",
    build="V12.0.10.0.QJDEUXM",
    acquisition=Acquisition(who="Example Laboratory", when="2021-09-10T08:00:00Z"),
)
LIST = "MiAdBlacklistConfig"
CAPTURE, BODY, FILE = "har", "body", "file"


def together(*parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> Rows:
    rows: Rows = {}
    for part in parts:
        for table, of in part.items():
            known = rows.setdefault(table, [])
            known.extend(dict(row) for row in of if dict(row) not in known)
    return rows


def stored(
    name: str = "words", file: str = LIST, raw: int = 449, list_id: str = "L-1", app: str = "com.miui.player"
) -> Rows:
    """A list in a file of an app."""
    path = f"data/data/{app}/files/{file}"
    return {
        "occurrence": [{"artefact": FILE, "locator": FILE, "path": path}],
        "term_list": [_list(FILE, list_id, name, raw)],
        "census": [{"artefact": FILE, "list_id": list_id, "rule": "raw", "count": raw}],
    }


def _list(artefact: str, list_id: str, name: str, raw: int) -> dict[str, Any]:
    return {"artefact": artefact, "list_id": list_id, "name": name, "entries": raw, "unique": raw, "shape": "words"}


def came(path: str = f"/v1/{LIST}", list_id: str = "L-1", name: str = "words", **transfer: Any) -> Rows:
    """A list in an answer of a capture."""
    return {
        "occurrence": [capture(), {"artefact": BODY, "locator": f"{CAPTURE}!har:0/response", "path": "a.har"}],
        "transfer": [sent(1, "cfg.example.test", path=path, response_sha256=BODY, **transfer)],
        "term_list": [_list(BODY, list_id, name, 449)],
    }


def capture() -> dict[str, Any]:
    return {"artefact": CAPTURE, "locator": CAPTURE, "path": "a.har"}


def sent(entry: int, host: str, **more: Any) -> dict[str, Any]:
    day = "2021-09-09"
    return {"artefact": CAPTURE, "entry": entry, "host": host, "address": f"192.0.2.{entry}", "day": day, **more}


def placed(entry: int, host: str, countries: Iterable[str], databases: int = 2, **more: Any) -> Rows:
    """What databases say of a recipient: each country by as many databases."""
    named = tuple(countries)
    at = {"artefact": CAPTURE, "host": host, "address": f"192.0.2.{entry}", "day": "2021-09-09"}
    agreement = "agreed" if len(named) == 1 else "disputed"
    return {
        "recipient_country": [{**at, "countries": list(named), "agreement": agreement, **more}],
        "destination": [
            {**at, "database": f"d{number}", "database_as_of": "2021-09-01", "country": country}
            for country in named
            for number in range(databases)
        ],
    }


def planted(
    entry: int = 2,
    kind: str = "advertising_id",
    host: str = "stats.example.test",
    app: str = "com.mi.globalbrowser",
    **more: Any,
) -> Rows:
    """A planted value in a request of an app."""
    return {
        "occurrence": [capture()],
        "transfer": [sent(entry, host, app=app)],
        "planted_hit": [{"artefact": CAPTURE, "entry": entry, "kind": kind, "label": kind, "bits": 122, **more}],
    }


def parameters(count: int, app: str = "com.mi.globalbrowser") -> Rows:
    """A request with as many parameters."""
    return {
        "occurrence": [capture()],
        "transfer": [sent(3, "stats.example.test", app=app)],
        "parameter": [
            {"artefact": CAPTURE, "entry": 3, "address": f"body:json:/p{number}", "name": f"p{number}"}
            for number in range(count)
        ],
    }


def looked(*analysers: str, artefact: str = CAPTURE, outcome: str = "looked", opaque: bool = False) -> Rows:
    """Coverage of one artefact."""
    lost = [{"what": "values that no decoder undoes", "count": 1}] if opaque else []
    return {
        "occurrence": [{"artefact": artefact, "locator": artefact, "path": artefact}]
        if artefact != CAPTURE
        else [capture()],
        "coverage": [
            {"analyser": f"{name}@1", "artefact": artefact, "outcome": outcome, "reason": "", "not_followed": lost}
            for name in analysers
        ],
    }


def trial(consequence: str = "refused", *, shown: bool = True, profile: str = "eu-lt", list_id: str = "L-1") -> Rows:
    """A run with canary and control, and the steps of it."""
    outcome = "accepted" if consequence == "none" else consequence
    at = {"artefact": "trial", "trial": "t1"}
    return {
        "trial_result": [
            {
                **at,
                "place": "toml:/step/2",
                "package": "com.mi.globalbrowser",
                "profile": profile,
                "consequence": consequence,
                "control": "a picnic",
                "canary": "a lantern march",
                "canary_list": list_id,
                "shown_on_screen": shown,
            }
        ],
        "trial_step": [
            {**at, "place": "toml:/step/1", "role": "control", "input": "a picnic", "outcome": "accepted"},
            {**at, "place": "toml:/step/2", "role": "canary", "input": "a lantern march", "outcome": outcome},
        ],
    }


def changed(
    *,
    emptied: bool = False,
    added: Sequence[str] = (),
    requests: str = "same",
    host: str = "cfg.example.test",
    name: str = LIST,
) -> Rows:
    """Two dated answers of an endpoint between which a list changed."""
    endpoint, before, after = f"https://{host}/list", "2021-08-01T00:00:00Z", "2021-09-01T00:00:00Z"
    return {
        "list_change": [
            {
                "endpoint": endpoint,
                "name": name,
                "before": before,
                "after": after,
                "added": list(added),
                "removed": ["a"],
                "emptied": emptied,
            }
        ],
        "snapshot": [
            {
                "endpoint": endpoint,
                "taken": taken,
                "file": f"{number}.json",
                "parameters": "{}" if requests == "same" else str(number),
            }
            for number, taken in enumerate((before, after))
        ],
    }


def term(text: str, artefact: str = FILE, list_id: str = "L-1") -> Rows:
    return {"term": [{"artefact": artefact, "list_id": list_id, "text": text, "normal": text.lower()}]}
