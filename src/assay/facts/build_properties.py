"""Which system properties does a property file or a transcript of getprop state?"""

from collections.abc import Iterator

from assay.artefacts.properties import PropertiesFile
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.handset import BuildProperty

SYSTEM = ("ro.", "persist.", "sys.", "init.svc.", "gsm.", "dalvik.vm.")
"""Beginnings of names by which a file is one of system properties and not of something else."""


@analyser(
    question="Which system properties does this file state?",
    reads=PropertiesFile,
    emits=(BuildProperty,),
    blind_to=(
        "properties that are set at run time",
        "properties that a file imports from another one",
        f"files none of whose names begins with {', '.join(SYSTEM)}",
    ),
)
def read_build_properties(document: PropertiesFile) -> Iterator[BuildProperty]:
    """Yield one row for each property, in the order of the file; names that repeat stay apart."""
    if not document.transcript and not any(item.name.startswith(SYSTEM) for item in document.properties):
        return
    for item in document.properties:
        yield BuildProperty(place=str(InnerPlace("line", str(item.line))), name=item.name, value=item.value)
