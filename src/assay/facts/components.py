"""Components: the activities, services, receivers and providers of a package, and which of them are open to others."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.apk_manifest import ManifestComponent
from assay.registry import analyser
from assay.vocabulary.packages import Component


@analyser(
    question="Which components does this package have, and which of them are open to other packages?",
    reads=Apk,
    emits=Component,
    blind_to=(
        "components that code registers while it runs",
        "whether a component is enabled at a moment",
        "permissions on single paths of a provider, and grants of URIs",
    ),
)
def find_components(apk: Apk) -> Iterator[Component]:
    """Yield a row for each component in the order of the manifest."""
    stated = apk.manifest
    for component in stated.components:
        yield Component(
            place=component.place,
            package=stated.package,
            kind=component.kind,
            name=component.name,
            exported=component.exported,
            permission=_permission(component),
            actions=component.actions,
            authorities=component.authorities,
        )


def _permission(component: ManifestComponent) -> str:
    if component.kind != "provider":
        return component.permission
    parts = [component.permission]
    parts += [f"read={component.read_permission}"] if component.read_permission else []
    parts += [f"write={component.write_permission}"] if component.write_permission else []
    return " ".join(part for part in parts if part)
