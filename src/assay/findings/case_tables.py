"""The tables beside the facts: handsets, exhibits' artefacts, where they lie, what was examined, what went wrong."""

import pyarrow as pa

_TEXT = pa.string()
_ACQUISITION = pa.struct(
    [
        ("who", _TEXT),
        ("when", _TEXT),
        ("how", _TEXT),
        ("tool", _TEXT),
        ("clock_offset_seconds", pa.int64()),
    ]
)
_NOT_FOLLOWED = pa.list_(pa.struct([("what", _TEXT), ("count", pa.int64())]))


def _schema(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, _TEXT) for name in names]


CASE_TABLES: dict[str, pa.Schema] = {
    "handset": pa.schema(
        [
            *_schema("name", "make", "model", "market", "build", "android", "patch_level", "profile"),
            ("acquisition", _ACQUISITION),
        ]
    ),
    "assumed_profile": pa.schema(_schema("handset", "profile")),
    "occurrence": pa.schema(_schema("artefact", "handset", "locator", "path")),
    "artefact": pa.schema([("sha256", _TEXT), ("size", pa.int64()), ("kind", _TEXT)]),
    "coverage": pa.schema([*_schema("analyser", "artefact", "outcome", "reason"), ("not_followed", _NOT_FOLLOWED)]),
    "problem": pa.schema(_schema("artefact", "part", "place", "what", "instead", "cost")),
}
"""Columns as the records of `assay.model`: Handset, Occurrence, Artefact, Coverage, Problem.

``assumed_profile``: the profiles under which gates of a handset are judged, its own and those the user asked for.

``problem`` has two columns more: the artefact, and the part of the bench that met it. ``acquisition."when"`` is quoted
in SQL, being a reserved word.
"""
