"""Bundles: what an archive of packages says it is made of, and what of that is there."""

from collections.abc import Iterator

from assay.artefacts.bundle import Bundle
from assay.model import text
from assay.registry import analyser
from assay.vocabulary.containers import AppBundle


@analyser(
    question="Which app does this bundle hold, in which version, and made of which packages?",
    reads=Bundle,
    emits=AppBundle,
    blind_to=(
        "whether what a bundle says of itself is true of the packages in it",
        "packages in it that are not called so and that it does not list: they are examined like everything else",
    ),
)
def find_bundles(bundle: Bundle) -> Iterator[AppBundle]:
    """Yield the bundle."""
    stated, names = bundle.metadata, {text.from_bytes(entry.name) for entry in bundle.entries()}
    listed = [path for _, path in stated.apks]
    called = {text.from_bytes(name) for name in bundle.packages}
    yield AppBundle(
        form=bundle.form,
        package=stated.package,
        version_name=stated.version_name,
        version_code=stated.version_code,
        tool=stated.tool,
        splits=tuple(f"{name}={path}" for name, path in stated.apks),
        absent=tuple(sorted({path for path in (*listed, *stated.expansions) if not _lies(path, names)})),
        unstated=tuple(sorted(name for name in called if name not in listed)) if listed else (),
        expansions=stated.expansions,
        modules=tuple(map(text.from_bytes, bundle.modules)),
    )


def _lies(path: str, names: set[str]) -> bool:
    """Say whether an entry has a stated name; modules of HarmonyOS are stated without their ending."""
    return path in names or any(f"{path}{ending}" in names for ending in (".hap", ".hsp"))
