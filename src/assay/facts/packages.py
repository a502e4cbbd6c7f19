"""Packages: what an application package says it is."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.apk_manifest import place
from assay.model.coverage import NotFollowed
from assay.model.problem import Problem
from assay.registry import analyser
from assay.vocabulary.packages import Package


@analyser(
    question="Which package is this, in which version, and what does it say of itself?",
    reads=Apk,
    emits=Package,
    blind_to=(
        "values that lie in the resources of the system, of another package or of a split",
        "labels in other languages than the default configuration's",
        "what a build tool, an installer or the system adds to the manifest later",
    ),
)
def find_packages(apk: Apk) -> Iterator[Package | Problem | NotFollowed]:
    """Yield the package, and what was wrong with its manifest."""
    root, stated = apk.manifest_xml.root, apk.manifest
    if stated.unresolved:
        yield NotFollowed("references of the manifest that lead outside this package", len(stated.unresolved))
    for problem in apk.manifest_xml.problems:
        what = f"AndroidManifest.xml, {problem.place}: {problem.what}"
        yield Problem(place="", what=what, instead=problem.instead, cost=problem.cost)
    yield Package(
        place=place(root.offset, root.length),
        package=stated.package,
        version_name=stated.version_name,
        version_code=stated.version_code,
        label=stated.application.label,
        min_sdk=stated.min_sdk,
        target_sdk=stated.target_sdk,
        shared_uid=stated.shared_uid,
        debuggable=stated.application.debuggable,
        cleartext=stated.application.cleartext,
        backup=stated.application.backup,
        split=stated.split,
        dex_files=len(apk.dex_names),
        config_for_split=stated.config_for_split,
        feature_split=stated.feature_split,
        uses_splits=stated.uses_splits,
    )
