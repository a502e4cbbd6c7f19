"""Resources that code loads: ids in the code linked to what the app's resource tables say of them."""

import re
from collections.abc import Iterator

import numpy as np

from assay.applications.application import Application
from assay.applications.resources import Resource, Resources
from assay.bytecode.constants import constants, definition_of, handed_to
from assay.bytecode.dex import DexFile
from assay.model.coverage import NotFollowed
from assay.model.locator import InnerPlace
from assay.registry import In, analyser
from assay.vocabulary.uses import ResourceUse

KINDS = ("array", "bool", "integer", "plurals", "raw", "string", "xml")
"""Types of resources whose uses are listed: those that carry text, files or settings."""
_FILE = re.compile(r"res/[^\0]+")


@analyser(
    question="Which resources does the code of this app load, and where?",
    reads=Application,
    emits=ResourceUse,
    blind_to=(
        "resources of the system, of other packages and of splits that are not in the case",
        f"resources of other types than {', '.join(KINDS)}",
        "ids that are computed, or read from fields and arrays, and names handed to getIdentifier",
        "resources that layouts and other XML files name",
        "a number that is not meant as an id and equals one",
        "which method takes the id, where it passes through a field, an array or a branch first",
    ),
)
def resource_uses(app: Application) -> Iterator[In]:
    """Yield the loads of ids in the order of the DEX files and of their code."""
    resources = Resources.of(app)
    for part in app.code.parts if len(resources.ids) else ():
        dex = part.dex()
        found = constants(dex)
        hits = np.flatnonzero(np.isin(found.values, resources.ids))
        named = {number: resources.get(number) for number in np.unique(found.values[hits]).tolist()}
        for row, number in zip(found.rows[hits].tolist(), found.values[hits].tolist(), strict=True):
            if named[number].kind in KINDS:
                yield In(part.sha256, _use(app.package, dex, row, named[number]))
    if unread := [archive.name for archive in app.archives if archive.document.resources is None]:
        yield In(app.base.sha256, NotFollowed("archives of this app without a resource table", len(unread)))


def _use(package: str, dex: DexFile, row: int, resource: Resource) -> ResourceUse:
    code = dex.instructions
    definition = definition_of(code, row)
    method, pc = int(dex.methods.method[definition]), int(code.pc[row])
    taker = handed_to(dex, row)
    return ResourceUse(
        place=str(InnerPlace("method", f"{dex.method_name(method)}+0x{pc:x}")),
        package=package,
        resource_id=resource.id,
        name=resource.name,
        configurations=resource.configurations,
        files=tuple(text for text in resource.texts if _FILE.fullmatch(text)),
        class_name=dex.names.method_class(method),
        method=dex.names.method_signature(method),
        code_offset=pc,
        how="constant",
        call="" if taker is None else dex.method_name(taker),
    )
