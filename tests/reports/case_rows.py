"""Handsets and rows of an invented case: every kind of row, with hostile strings in every text."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import pyarrow as pa

from assay.findings.case_tables import CASE_TABLES
from assay.findings.database import Database
from assay.model.case import Acquisition, Handset
from assay.vocabulary import Fact, Located, fact_id, table_of
from assay.vocabulary.addresses import Address
from assay.vocabulary.arrow import table
from assay.vocabulary.lists import Census, ListChange, ListVersion, Term, TermList
from assay.vocabulary.packages import Package
from assay.vocabulary.traffic import Destination, PlantedHit, RecipientCountry, Transfer

HOSTILE = (
    '<script>alert("1")</script>',
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    "\u202egnp.exe",
    "nul\x00and\x1b[31mescape\x07",
    "{{ 7 * 7 }}{% raw %}",
    "</style><style>*{display:none}",
    "javascript:alert(4)",
    "&lt;b&gt; & <b>",
    "]]><!-- -->",
)
"""Texts that evidence may carry and that must come out as text."""

NAMES = ("Specimen North", "Specimen West", "Specimen East")


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def handsets(names: Iterable[str] = NAMES) -> tuple[Handset, ...]:
    return tuple(
        Handset(
            name=name,
            make="Example",
            model=f"S{index}",
            market="CN" if name.endswith("East") else "EU",
            build=f"EX1.2109.{index}",
            android="10",
            patch_level="2021-08-01",
            profile="cn" if name.endswith("East") else "eu-lt",
            acquisition=Acquisition(who="A. Example", when="2021-09-21T09:00:00Z") if index else Acquisition(),
        )
        for index, name in enumerate(names)
    )


class Rows:
    """Collects facts and case tables, and makes a database of them."""

    def __init__(self) -> None:
        self.facts: dict[type[Fact], list[Located[Any]]] = {}
        self.case: dict[str, list[dict[str, Any]]] = {name: [] for name in CASE_TABLES}

    def artefact(self, path: str, *homes: str, kind: str = "json") -> str:
        name = digest(path)
        self.case["artefact"].append({"sha256": name, "size": len(path), "kind": kind})
        for handset in homes:
            row = {"artefact": name, "handset": handset, "locator": name, "path": path}
            self.case["occurrence"].append(row)
        return name

    def add(self, artefact: str, row: Fact, analyser: str = "invented@1") -> str:
        found = fact_id(artefact, row)
        self.facts.setdefault(type(row), []).append(Located(found, artefact, analyser, row))
        return found

    def looked(self, analyser: str, artefact: str, outcome: str = "looked", reason: str = "", **steps: int) -> None:
        followed = [{"what": what.replace("_", " "), "count": count} for what, count in steps.items()]
        self.case["coverage"].append(
            {"analyser": analyser, "artefact": artefact, "outcome": outcome, "reason": reason, "not_followed": followed}
        )

    def database(self) -> Database:
        tables = {table_of(record): table(record, rows) for record, rows in self.facts.items()}
        tables |= {name: pa.Table.from_pylist(rows, schema=CASE_TABLES[name]) for name, rows in self.case.items()}
        return Database.over(tables)


def add_lists(rows: Rows, names: Iterable[str], words: tuple[str, ...] = ("alpha", "beta", "ガンマ", *HOSTILE)) -> None:
    """Put one list on every handset, with three dated versions, the last one empty."""
    body = rows.artefact("data/files/guard.json", *names)
    pointer = "json:/list"
    rows.add(
        body,
        TermList(
            place=pointer, list_id="L-1111111111111111", identity="1" * 64, entries=len(words) + 1,
            unique=len(words), carrier="json-array", name=HOSTILE[0], shape="words", encoding="utf-8",
        ),
    )  # fmt: skip
    for ordinal, word in enumerate(words):
        rows.add(
            body,
            Term(place=pointer, list_id="L-1111111111111111", ordinal=ordinal, text=word, normal=word, script="Latin"),
        )
    counts = {"raw": 2212, "unique": 449, "unique-normal": len(words), "script:Han": 3, "script:Latin": 9}
    for rule, count in counts.items():
        rows.add(body, Census(place=pointer, list_id="L-1111111111111111", rule=rule, count=count))
    _add_versions(rows, body)


def _add_versions(rows: Rows, body: str) -> None:
    endpoint = f"http://cfg.example.test/guard?v={HOSTILE[1]}"
    days = ("2021-09-01T00:00:00Z", "2021-11-05T12:00:00Z", "2022-01-04T00:00:00Z")
    for day, entries, name in zip(days, (449, 2212, 0), ("1", "2", "e"), strict=True):
        rows.add(
            body,
            ListVersion(
                endpoint=endpoint, taken=day, body=body, name="guard", list_id=f"L-{name * 16}", entries=entries
            ),
        )
    rows.add(
        body,
        ListChange(
            endpoint=endpoint, name="guard", before=days[1], after=days[2], list_before="L-" + "2" * 16,
            list_after="L-" + "e" * 16, added=(), removed=HOSTILE, emptied=True,
        ),
    )  # fmt: skip


def add_transfers(rows: Rows, names: Iterable[str]) -> None:
    """Send three kinds of planted values to two recipients, and one request without any."""
    for handset in names:
        capture = rows.artefact(f"capture-{handset}.har", handset, kind="har")
        hosts = (("t.example.test", "192.0.2.7"), ("cdn.example.test", "198.51.100.9"), (HOSTILE[0], ""))
        for entry, (host, address) in enumerate(hosts):
            rows.add(capture, _transfer(entry, host, address))
        rows.add(capture, _hit(0, "imei", ("percent", "base64")))
        rows.add(capture, _hit(0, "advertising_id", ()))
        rows.add(capture, _hit(1, "typed_canary", ("percent",)))
        rows.add(capture, _country("t.example.test", "192.0.2.7", "agreed", ("SG",), "outside", "none"))
        rows.add(
            capture, _country("cdn.example.test", "198.51.100.9", "disputed", ("DE", "US"), "disputed", "disputed")
        )
        for database, country in (("one", "SG"), ("two", "SG")):
            rows.add(
                capture,
                Destination(
                    host="t.example.test", address="192.0.2.7", day="2021-09-21", database=database,
                    database_as_of="2021-09-01", country=country, note="",
                ),
            )  # fmt: skip


def _transfer(entry: int, host: str, address: str) -> Transfer:
    return Transfer(
        entry=entry, started="2021-09-21T10:00:00Z", day="2021-09-21", method="GET", scheme="http", host=host,
        port=None, path="/guard", address=address, status=200, request_bytes=0, response_bytes=9,
        response_sha256="", mime="", cleartext=entry == 0, evidence="proxy_log",
        app="org.example.telemetry" if entry < 2 else HOSTILE[3],
    )  # fmt: skip


def _hit(entry: int, kind: str, chain: tuple[str, ...]) -> PlantedHit:
    return PlantedHit(entry=entry, address="query:a", kind=kind, label=kind, form="raw", chain=chain, bits=64)


def _country(
    host: str, address: str, agreement: str, countries: tuple[str, ...], in_eea: str, adequacy: str
) -> RecipientCountry:
    return RecipientCountry(
        host=host, address=address, day="2021-09-21", agreement=agreement, countries=countries, in_eea=in_eea,
        adequacy=adequacy, scope="", decision="", verified="",
    )  # fmt: skip


def add_packages(rows: Rows, names: Iterable[str]) -> None:
    """Put one package everywhere and one, with a hostile label, on the first handset only."""
    first, *_ = names
    shared = rows.artefact("app/notes.apk", *names, kind="apk")
    rows.add(shared, _package("org.example.notes", "Notes"))
    rows.add(rows.artefact("app/odd.apk", first, kind="apk"), _package("org.example.odd", HOSTILE[4]))
    url = f"http://{HOSTILE[6]}/"
    rows.add(
        shared,
        Address(kind="url", value=url, scheme="http", host="h", port=None, path="/", cleartext=True, carrier="code"),
    )


def _package(name: str, label: str) -> Package:
    return Package(
        package=name, version_name="1.2", version_code=12, label=label, min_sdk=21, target_sdk=29, shared_uid="",
        debuggable=False, cleartext=None, backup=None, split="", dex_files=1,
    )  # fmt: skip


def add_coverage(rows: Rows, names: Iterable[str]) -> None:
    """Leave coverage of every outcome, a problem and an artefact that nobody recognised."""
    body = digest("data/files/guard.json")
    rows.looked("find_term_lists@1", body, strings_beyond_the_limit=3)
    rows.looked("find_term_lists@1", rows.artefact("data/broken.json", *names), outcome="failed", reason="cut short")
    rows.looked("find_transfers@1", rows.artefact("odd.bin", *names, kind="unknown"), outcome="skipped", reason="size")
    for what in HOSTILE:
        rows.case["problem"].append(
            {"artefact": body, "part": "json", "place": "", "what": what, "instead": "left out", "cost": "one entry"}
        )
