"""Resources that code loads: ids in the code linked to what the app's resource tables say of them."""

import re
from collections.abc import Iterator

from assay.applications.application import Application
from assay.applications.resource_ids import NAME, Load, ResourceIds
from assay.applications.resources import Resource, Resources
from assay.bytecode.constants import definition_of, handed_to
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
        "ids that are computed, or read from arrays and from fields other than those of R classes",
        "names handed to getIdentifier that are not constants of the calling method",
        "resources that layouts and other XML files name",
        "a number that is not meant as an id and equals one",
        "which method takes the id, where it passes through a field, an array or a branch first",
    ),
)
def resource_uses(app: Application) -> Iterator[In]:
    """Yield the loads of ids in the order of the DEX files and of their code."""
    resources = Resources.of(app)
    found = ResourceIds(app, resources)
    for part in app.code.parts if len(resources.ids) else ():
        loads = found.loads(part)
        named = {load.resource_id: resources.get(load.resource_id) for load in loads}
        for load in loads:
            if named[load.resource_id].kind in KINDS:
                yield In(part.sha256, _use(app.package, part.dex(), load, named[load.resource_id]))
    if found.not_followed:
        yield In(app.base.sha256, NotFollowed("calls of getIdentifier whose name is not known", found.not_followed))
    if unread := [archive.name for archive in app.archives if archive.document.resources is None]:
        yield In(app.base.sha256, NotFollowed("archives of this app without a resource table", len(unread)))


def _use(package: str, dex: DexFile, load: Load, resource: Resource) -> ResourceUse:
    code = dex.instructions
    definition = definition_of(code, load.row)
    method, pc = int(dex.methods.method[definition]), int(code.pc[load.row])
    taker = None if load.how == NAME else handed_to(dex, load.row)
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
        how=load.how,
        call="" if taker is None else dex.method_name(taker),
    )
