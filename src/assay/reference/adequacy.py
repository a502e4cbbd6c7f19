"""Chapter V of the General Data Protection Regulation by date: what a country was on the day of a transfer.

The answer describes the country; whether a transfer had a legal basis (Articles 46, 49) is for the exporter to say.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from typing import Self

import msgspec

from assay.model import canonical
from assay.reference.countries import Countries

SCHEMA = "assay-adequacy/1"
MEMBER, ADEQUATE, PARTLY, NONE, UNKNOWN, DISPUTED = "member", "adequate", "partly", "none", "unknown", "disputed"
INSIDE, OUTSIDE = "inside", "outside"
RECIPIENTS = ("commercial", "public", "self-certified")
"""Kinds of recipients that decisions tell apart; a self-certified one is commercial too."""


class AdequacyRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the table. `since` and `until` are days, both inclusive; `until` None: in force on the table's day."""

    id: str
    country: str
    since: date = msgspec.field(name="from")
    until: date | None = None
    status: str
    scope: str
    covers: tuple[str, ...] = ()
    """Recipients that the decision reaches; all of them where empty."""
    decision: str = ""
    source: str
    verified: str
    note: str = ""

    def holds(self, day: date) -> bool:
        """Say whether the row is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class AdequacyStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What a country was on a day, and the row that says so.

    `status`: member · adequate · partly (the scope decides) · none · unknown · disputed (countries or sources differ).
    `in_eea`: inside · outside · unknown · disputed. `row` and `verified` are empty where no row stands behind it.
    """

    status: str
    in_eea: str
    scope: str = ""
    row: str = ""
    covers: tuple[str, ...] = ()
    verified: str = ""

    def towards(self, recipient: str) -> str:
        """Return the status towards a kind of recipient (`RECIPIENTS`); a kind not known leaves it at ``partly``."""
        if not self.covers or self.status not in {ADEQUATE, PARTLY}:
            return self.status
        if recipient not in RECIPIENTS:
            return PARTLY
        kinds = {"commercial", recipient} if recipient == "self-certified" else {recipient}
        return ADEQUATE if kinds & set(self.covers) else NONE


class Adequacy:
    """The table. There is no default day, and no answer for days that the table does not reach."""

    def __init__(self, rows: Iterable[AdequacyRow], countries: Countries, begins: date, as_of: date) -> None:
        """Take rows, the codes that are countries, and the first and last day the table speaks of.

        Raises: ValueError where two rows of a country are in force on one day.
        """
        self.begins, self.as_of = begins, as_of
        self._countries = countries
        self._rows: dict[str, list[AdequacyRow]] = {}
        for row in sorted(rows, key=lambda row: (row.country, row.since)):
            same = self._rows.setdefault(row.country, [])
            if same and same[-1].holds(row.since):
                msg = f"{same[-1].id} and {row.id} are both in force on {row.since}"
                raise ValueError(msg)
            same.append(row)

    @classmethod
    def parse(cls, text: str, countries: str) -> Self:
        """Read ``adequacy.toml`` and ``countries.toml`` of ``data/reference``. Raises: ValueError."""
        table = tomllib.loads(text)
        if table.get("schema") != SCHEMA:
            msg = f"not a table of schema {SCHEMA}"
            raise ValueError(msg)
        rows = msgspec.convert(table["row"], list[AdequacyRow])
        begins, as_of = date.fromisoformat(table["begins"]), date.fromisoformat(table["as_of"])
        return cls(rows, Countries.parse(countries), begins, as_of)

    @property
    def rows(self) -> tuple[AdequacyRow, ...]:
        """All rows by country and day."""
        return tuple(row for same in self._rows.values() for row in same)

    @property
    def digest(self) -> str:
        """The sha256 over all rows, codes and days."""
        days = [str(self.begins), str(self.as_of)]
        return canonical.digest([SCHEMA, days, self._countries.digest, [_plain(row) for row in self.rows]])

    def on(self, country: str, day: date) -> AdequacyStatus:
        """Return what a country (ISO 3166-1 alpha-2, or ``EPO``) was on a day."""
        if not self.begins <= day <= self.as_of:
            return _unknown(f"the table speaks of {self.begins} to {self.as_of}")
        for row in self._rows.get(country, ()):
            if row.holds(day):
                return _status(row)
        return AdequacyStatus(status=NONE, in_eea=OUTSIDE) if country in self._countries else _unknown("")

    def of_all(self, countries: Iterable[str], day: date) -> AdequacyStatus:
        """Return what several countries were together: what each was where all were the same, else ``disputed``."""
        found = [self.on(country, day) for country in sorted(set(countries))]
        return _together(found) if found else _unknown("")


def _unknown(scope: str) -> AdequacyStatus:
    return AdequacyStatus(status=UNKNOWN, in_eea=UNKNOWN, scope=scope)


def _status(row: AdequacyRow) -> AdequacyStatus:
    return AdequacyStatus(
        status=row.status,
        in_eea=_SIDES.get(row.status, OUTSIDE),
        scope=row.scope,
        row=row.id,
        covers=row.covers,
        verified=row.verified,
    )


_SIDES = {MEMBER: INSIDE, UNKNOWN: UNKNOWN}
_CHECKED = ("unverified", "secondary", "primary", "")
"""How rows were checked, the weakest first; the last is no row at all."""


def _together(found: list[AdequacyStatus]) -> AdequacyStatus:
    """Return one answer for several, with the weakest way in which one of their rows was checked."""
    statuses, sides = {one.status for one in found}, {one.in_eea for one in found}
    return AdequacyStatus(
        status=statuses.pop() if len(statuses) == 1 else DISPUTED,
        in_eea=sides.pop() if len(sides) == 1 else UNKNOWN if UNKNOWN in sides else DISPUTED,
        scope="; ".join(dict.fromkeys(one.scope for one in found if one.scope)),
        row=" ".join(dict.fromkeys(one.row for one in found if one.row)),
        covers=found[0].covers if len(found) == 1 else (),
        verified=min((one.verified for one in found), key=_CHECKED.index),
    )


def _plain(row: AdequacyRow) -> dict[str, object]:
    built: dict[str, object] = msgspec.to_builtins(row)
    return built
