"""Which dated answers of an endpoint does a snapshot manifest state?"""

from collections.abc import Iterator

from assay.artefacts.snapshots import SnapshotManifest
from assay.model import canonical
from assay.model.locator import InnerPlace
from assay.registry import analyser
from assay.vocabulary.lists import Snapshot


@analyser(
    question="Which dated answers of an endpoint does this manifest state?",
    reads=SnapshotManifest,
    emits=(Snapshot,),
    blind_to=("answers that nobody recorded between two dates", "whether the stated times are true"),
)
def read_snapshots(manifest: SnapshotManifest) -> Iterator[Snapshot]:
    """Yield one row for each snapshot, in the order of the manifest."""
    for entry in manifest.entries:
        yield Snapshot(
            place=str(InnerPlace("toml", f"/snapshot/{entry.position}")),
            endpoint=entry.endpoint,
            taken=entry.taken,
            file=entry.file,
            status=entry.status,
            parameters=canonical.line(entry.parameters).decode("utf-8"),
        )
