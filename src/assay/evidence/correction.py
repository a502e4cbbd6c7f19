"""Correcting what is written about a handset, with a trace in the custody log."""

import re

import msgspec

from assay.evidence.case_folder import CaseFolder
from assay.model.case import Acquisition, Handset
from assay.model.errors import UsageError


def correct(case: CaseFolder, statement: str, reason: str) -> None:
    """Apply ``NAME.FIELD=VALUE`` (FIELD may be ``acquisition.FIELD``). Raises: UsageError."""
    place, equals, value = statement.partition("=")
    handset = _handset(case, place)
    field = place[len(handset.name) + 1 :]
    if not equals or field in ("", "name", "acquisition"):
        raise UsageError(f"--correct {statement}", "not NAME.FIELD=VALUE", "E.g. --correct 'phone.build=V12.0.11'.")
    changed = _changed(handset, field, value, statement)
    record, name = _whole(handset, field)
    event = {"event": "handset corrected", "handset": handset.name, "field": field, "value": value, "reason": reason}
    with case.alone():
        case.custody.append([{**event, "was": getattr(record, name)}])
        case.save_handsets(tuple(changed if one.name == handset.name else one for one in case.handsets))


def _handset(case: CaseFolder, place: str) -> Handset:
    for handset in sorted(case.handsets, key=lambda one: -len(one.name)):
        if place.startswith(handset.name + "."):
            return handset
    known = ", ".join(handset.name for handset in case.handsets)
    raise UsageError(f"--correct {place}", "no handset of that name", f"Known are: {known}.")


def _whole(handset: Handset, field: str) -> tuple[Handset | Acquisition, str]:
    if field.startswith("acquisition."):
        return handset.acquisition, field.removeprefix("acquisition.")
    return handset, field


def _changed(handset: Handset, field: str, value: str, statement: str) -> Handset:
    record, name = _whole(handset, field)
    if name not in record.__struct_fields__:
        known = ", ".join(record.__struct_fields__)
        raise UsageError(f"--correct {statement}", f"no field {name!r}", f"Fields are: {known}.")
    content = {**msgspec.to_builtins(record), name: int(value) if _is_number(value, name) else value}
    try:
        changed = msgspec.convert(content, type(record))
    except msgspec.ValidationError as error:
        raise UsageError(f"--correct {statement}", str(error), "Give a value of that kind.") from None
    return msgspec.structs.replace(handset, acquisition=changed) if isinstance(changed, Acquisition) else changed


def _is_number(value: str, name: str) -> bool:
    return name.endswith("_seconds") and re.fullmatch(r"-?[0-9]{1,9}", value) is not None
