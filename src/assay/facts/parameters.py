"""Parameters: the leaves of what was sent, each with its address, also inside wrappings."""

from collections import Counter
from collections.abc import Iterator

from assay.artefacts.har import Har, entry_place
from assay.capture.leaves import peeled_leaves
from assay.encodings.peel import Peeled
from assay.model.coverage import NotFollowed
from assay.model.ids import sha256_hex
from assay.registry import analyser
from assay.vocabulary.traffic import Parameter


@analyser(
    question="Which parameters do the requests carry, and at which address?",
    reads=Har,
    emits=Parameter,
    blind_to=(
        "binary formats without names of their own, such as protobuf and MessagePack",
        "bodies encrypted by the app itself",
        "wrappings that no decoder of the bench undoes",
    ),
)
def find_parameters(har: Har) -> Iterator[Parameter | NotFollowed]:
    """Yield every leaf of every request in order, then what could not be followed."""
    lost: Counter[str] = Counter()
    for entry in har.entries:
        for node in peeled_leaves(entry.request):
            if isinstance(node, NotFollowed):
                lost[node.what] += node.count
            elif node.name is not None:
                yield _parameter(entry.number, node, node.name)
    yield from (NotFollowed(what, count) for what, count in sorted(lost.items()))


def _parameter(entry: int, node: Peeled, name: str) -> Parameter:
    return Parameter(
        place=entry_place(entry),
        entry=entry,
        address=node.address,
        name=name,
        value_bytes=len(node.data),
        value_sha256=sha256_hex(node.data),
    )
