"""The parameters of a run: tables that come with the bench, and what the user gave, read from the case."""

from assay.engine.given import DATABASES, PLANTED
from assay.evidence.case_folder import CaseFolder
from assay.reference.planted import PlantedValues
from assay.reference.test_keys import test_keys
from assay.registry import Parameter


def parameters(case: CaseFolder) -> dict[str, Parameter]:
    """Return the parameters by the names under which analysers and joiners ask for them.

    What the user did not give is missing, so that what needs it is skipped and says so. Raises: UsageError.
    """
    named: dict[str, Parameter] = {"test_keys": test_keys()}
    planted = case.root / PLANTED
    if planted.exists():
        named["planted"] = PlantedValues.parse(planted.read_text("utf-8"))
    return named
