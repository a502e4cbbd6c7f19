"""Look-ups in a MaxMind DB, from bytes in memory."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime

import maxminddb

from assay.model.errors import UsageError

MARK = b"\xab\xcd\xefMaxMind.com"
"""What stands before the metadata (MaxMind DB 2.0, section Metadata)."""
_DAMAGE = (maxminddb.InvalidDatabaseError, ValueError, TypeError, LookupError, RecursionError, UnicodeDecodeError)
"""What the library raises on damaged databases."""


class Tree:
    """A MaxMind DB (format 2.0): country codes by address, in the shapes that makers use."""

    def __init__(self, content: bytes, label: str) -> None:
        """Open it. Raises: UsageError where it is damaged."""
        self._label = label
        try:
            self._reader = maxminddb.open_database(io.BytesIO(content), maxminddb.MODE_FD)
            self.built = _day(self._reader.metadata().build_epoch)
        except _DAMAGE as error:
            raise self._damaged() from error

    def find(self, address: str) -> tuple[str, str] | None:
        """Return (country, note) of an address, None where it is not listed. Raises: UsageError for a damaged tree."""
        try:
            record = self._reader.get(address)
        except ValueError as error:
            if "IPv6 address in an IPv4-only" in str(error):
                return None
            raise self._damaged() from error
        except _DAMAGE as error:
            raise self._damaged() from error
        fields: Mapping[str, object] = record if isinstance(record, Mapping) else {}
        country = _country(fields)
        return (country, _note(fields)) if country else None

    def _damaged(self) -> UsageError:
        return UsageError(f"{self._label}: address database", "is damaged", "Fetch it again, or leave it out.")


def _country(fields: Mapping[str, object]) -> str:
    for name in ("country", "registered_country"):
        held = fields.get(name)
        code = held.get("iso_code") if isinstance(held, Mapping) else held
        if isinstance(code, str) and len(code) == 2:
            return code.upper()
    code = fields.get("country_code")
    return code.upper() if isinstance(code, str) and len(code) == 2 else ""


def _note(fields: Mapping[str, object]) -> str:
    traits = fields.get("traits")
    inner = traits if isinstance(traits, Mapping) else {}
    return "anycast" if True in (inner.get("is_anycast"), fields.get("is_anycast")) else ""


def _day(epoch: object) -> str:
    """Return the UTC day of a Unix time in seconds, empty where it is none."""
    if not isinstance(epoch, int) or not 0 < epoch < 1 << 35:
        return ""
    return datetime.fromtimestamp(epoch, UTC).date().isoformat()
