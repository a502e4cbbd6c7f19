"""The parameters of a run: tables that come with the bench, and what the user gave, read from the case."""

from importlib import resources

from assay.engine.given import DATABASES, PLANTED
from assay.evidence.case_folder import CaseFolder
from assay.reference.address_databases import AddressDatabases
from assay.reference.adequacy import Adequacy
from assay.reference.planted import PlantedValues
from assay.reference.sdks import Sdks
from assay.reference.test_keys import TestKeys
from assay.registry import Parameter


def parameters(case: CaseFolder) -> dict[str, Parameter]:
    """Return the parameters by the names under which analysers and joiners ask for them.

    What the user did not give is missing, so that what needs it is skipped and says so. Raises: UsageError.
    """
    named: dict[str, Parameter] = {
        "test_keys": TestKeys.packaged(),
        "adequacy": _adequacy(),
        "sdks": Sdks.packaged(),
    }
    planted = case.root / PLANTED
    if planted.exists():
        named["planted"] = PlantedValues.parse(planted.read_text("utf-8"))
    if databases := _databases(case):
        named["databases"] = AddressDatabases.of(databases)
    return named


def _databases(case: CaseFolder) -> list[tuple[bytes, str | None, str]]:
    files = [*sorted(case.root.glob(f"{DATABASES}/*.csv")), *sorted(case.root.glob(f"{DATABASES}/*.mmdb"))]
    found: list[tuple[bytes, str | None, str]] = []
    for path in files:
        sidecar = path.with_suffix(".toml")
        described = sidecar.read_text("utf-8") if sidecar.exists() else None
        found.append((path.read_bytes(), described, path.stem[:16]))
    return found


def _adequacy() -> Adequacy:
    folder = resources.files("assay").joinpath("data/reference")
    return Adequacy.parse(
        folder.joinpath("adequacy.toml").read_text("utf-8"), folder.joinpath("countries.toml").read_text("utf-8")
    )
