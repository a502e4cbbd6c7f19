"""Which SDKs the code of an app is from, and how much of it is told at all."""

from collections import defaultdict
from collections.abc import Iterator

from assay.applications.application import Application
from assay.applications.code_origins import NAMED_FEATURES, SDK_EVIDENCE, Origin, Origins, origins
from assay.reference.sdks import Sdks
from assay.registry import In, analyser
from assay.vocabulary.sdks import CodeShare, SdkUse

_WHOLE = 1000


@analyser(
    question="Which SDKs does this app carry, and whose is the rest of its code?",
    reads=Application,
    emits=(SdkUse, CodeShare),
    needs=("sdks",),
    blind_to=(
        "SDKs that are not in the table, and versions far from those it was made of",
        "most of an SDK that was renamed: classes without texts and calls of the platform have no features",
        "SDKs of which the table knows the packages only, where they are renamed",
        f"SDKs of whose code less is left than weighs {SDK_EVIDENCE}",
        f"code put into the packages of an SDK: {NAMED_FEATURES} features speak for all that lies there",
        "whether a library was changed before it was built in",
        "code of the app's makers outside the package and the packages of components in its manifest",
        "which meaningful-looking names were invented by a tool, and which short ones are real",
        "native code and scripts of SDKs",
    ),
)
def sdk_uses(app: Application, sdks: Sdks) -> Iterator[In]:
    """Yield one row an SDK and way, in the order of the table, then one row for each value of origin."""
    found = origins(app, sdks)
    for use in _uses(app.package, found, sdks):
        yield In(app.base.sha256, use)
    for share in _shares(app.package, found):
        yield In(app.base.sha256, share)


def _uses(package: str, found: Origins, sdks: Sdks) -> Iterator[SdkUse]:
    classes: dict[tuple[int, Origin], list[int]] = defaultdict(list)
    for one in found.rows:
        if one.sdk >= 0:
            classes[one.sdk, one.origin].append(one.instructions)
    for (number, origin), instructions in sorted(classes.items()):
        row = sdks.rows[number]
        met = found.met[origin, number]
        yield SdkUse(
            package=package,
            sdk=row.id,
            name=row.name,
            publisher=row.publisher,
            category=row.category,
            how=origin.value,
            classes=len(instructions),
            instructions=sum(instructions),
            features=len({int(sdks.features[one]) for one in met}),
            known_features=sdks.sizes[number],
            versions=sdks.versions_of(met),
            as_of=row.as_of.isoformat(),
            verified=row.verified,
        )


def _shares(package: str, found: Origins) -> Iterator[CodeShare]:
    total = sum(row.instructions for row in found.rows)
    for origin in Origin:
        rows = [row.instructions for row in found.rows if row.origin is origin]
        if found.rows:
            yield CodeShare(
                package=package,
                origin=origin.value,
                classes=len(rows),
                instructions=sum(rows),
                per_mille=_WHOLE * sum(rows) // total if total else 0,
            )
