"""The designed truth of the demo, written as truth.toml. Counts come from the evidence's own makers."""

import csv
import hashlib
import json
from collections.abc import Iterator

from tests.specimens.evidence import bodies, census, design, manifests, words
from tests.specimens.evidence.captures import CAPTURES
from tests.specimens.evidence.exchange import Exchange
from tests.specimens.evidence.handsets import APPS, BUILT, HANDSETS
from tests.specimens.evidence.places import Host
from tests.specimens.evidence.planted import OWNERS, label
from tests.specimens.evidence.toml import Row, table, tables
from tests.specimens.evidence.trial import CANARY_TEXT, CONTROL_TEXT

HEAD = """# The designed truth of the specimens and of the demo's evidence; meanings in tests/specimens/README.md.
# Written by tests/specimens/evidence; do not edit.
schema = "assay-specimen-truth/1"
"""
SIDECARS = ("handset.toml", "snapshots.toml", "trial.toml")


def counts(evidence: dict[str, bytes]) -> Row:
    rows: dict[str, int] = {}
    for handset in HANDSETS:
        names = [name for name in evidence if name.startswith(f"{handset.folder}/")]
        rows[f"{handset.folder}_files"] = len(names)
        rows[f"{handset.folder}_exhibits"] = len([name for name in names if not name.endswith(SIDECARS)])
    files = sum(number for name, number in rows.items() if name.endswith("_files"))
    return rows | {"files": files, "exhibits": sum(rows.values()) - files}


def app_rows() -> Iterator[Row]:
    for app in ("ads", "carrier", "clock", "dialer", "notes", "telemetry"):
        for built in ("notes-g1", "notes-g2") if app == "notes" else (app,):
            digest = hashlib.sha256((BUILT / f"{built}.apk").read_bytes()).hexdigest()
            places = [
                f"{handset.folder}/apps/{file}"
                for handset in HANDSETS
                for file, name in APPS.items()
                if (name or handset.notes) == built
            ]
            yield {"name": built, "sha256": digest, "places": places} | dict(manifests.row(app))


def mood_words() -> list[str]:
    with (manifests.SPECIMENS / "apps/carrier/assets/words.csv").open(encoding="utf-8") as rows:
        return [row["word"] for row in csv.DictReader(rows)]


def lists() -> dict[str, list[str]]:
    return {
        "guard": words.guard_full(),
        "guard-newer": words.guard_newer(),
        "guard-empty": [],
        "brands": words.brands(),
        "mood": mood_words(),
        "spam": manifests.string_array("dialer"),
        "spam-extra": list(words.EXTRA_PHRASES),
    }


def list_row(name: str, records: list[str]) -> Row:
    digest = census.identity(records)
    distinct = sorted({words.key(record) for record in records})
    return {
        "name": name,
        "list_id": f"L-{digest[:16]}",
        "identity": digest,
        **census.counts(records),
        "scripts": census.scripts(distinct),
        **design.LISTS[name],
    }


def change(before: str, after: str) -> Row:
    held = {name: {words.key(record) for record in records} for name, records in lists().items()}
    gone, new = held[before] - held[after], held[after] - held[before]
    return {"before": before, "after": after, "added": len(new), "removed": len(gone), "emptied": not held[after]}


def exchanges() -> Iterator[tuple[str, int, Exchange]]:
    for capture, (_, make) in CAPTURES.items():
        for number, exchange in enumerate(make()):
            yield capture, number, exchange


def transfer_rows() -> Iterator[Row]:
    for capture, number, exchange in exchanges():
        yield {
            "capture": capture,
            "entry": number,
            "host": exchange.host.name,
            "address": exchange.host.address,
            "scheme": exchange.scheme,
            "method": exchange.method,
            "path": exchange.path,
            "status": exchange.status,
            "list": carried_list(exchange.answer),
        }


def carried_list(answer: str) -> str:
    if not answer.startswith("{"):
        return ""
    document = json.loads(answer)
    return "guard" if "words" in document else "brands" if "brands" in document else ""


def hit_rows() -> Iterator[Row]:
    for capture, number, exchange in exchanges():
        owner = OWNERS[capture.split("/")[0]]
        for hit in exchange.hits:
            yield {
                "capture": capture,
                "entry": number,
                "host": exchange.host.name,
                "kind": hit.kind,
                "label": label(owner, hit.kind),
                "place": hit.place,
                "chain": hit.chain,
            }


def recipient_rows() -> Iterator[Row]:
    kinds: dict[tuple[str, Host], set[str]] = {}
    for capture, _, exchange in exchanges():
        kinds.setdefault((capture.split("/")[0], exchange.host), set()).update(hit.kind for hit in exchange.hits)
    for (handset, host), found in sorted(kinds.items(), key=lambda item: (item[0][0], item[0][1].name)):
        yield {
            "handset": handset,
            "host": host.name,
            "address": host.address,
            "alpha": host.alpha,
            "beta": host.beta,
            "agreement": host.agreement,
            "in_eea": host.in_eea,
            "adequacy": host.adequacy,
            "kinds": sorted(found),
        }


def outside(handset: str, rows: list[Row]) -> list[str]:
    found = [row for row in rows if row["handset"] == handset and row["kinds"] and row["in_eea"] == "outside"]
    return sorted(str(row["host"]) for row in found)


def expected(rows: list[Row]) -> Row:
    return {f"{handset.folder}_outside_eea": outside(handset.folder, rows) for handset in HANDSETS} | {
        "disputed": sorted({str(row["address"]) for row in rows if row["agreement"] == "disputed"})
    }


def trial_row() -> Row:
    return design.TRIAL | {"control": CONTROL_TEXT, "canary": CANARY_TEXT, "canary_entry": words.CANARY}


def text(evidence: dict[str, bytes]) -> str:
    recipients = list(recipient_rows())
    versions = {"full": bodies.FULL, "newer": bodies.NEWER, "empty": bodies.EMPTY}
    parts = [
        HEAD,
        table("counts", counts(evidence)),
        table("guard_versions", versions),
        table("recipients_with_planted_values", expected(recipients)),
        table("trial", trial_row()),
        tables("expected_cell", design.CELLS),
        tables("app", list(app_rows())),
        tables("variant", design.VARIANTS),
        tables("list", [list_row(name, records) for name, records in lists().items()]),
        tables("list_change", [change("guard", "guard-newer"), change("guard-newer", "guard-empty")]),
        tables("comparison", design.COMPARISONS),
        tables("recipient", recipients),
        tables("transfer", list(transfer_rows())),
        tables("planted_hit", list(hit_rows())),
    ]
    return "".join(parts)
