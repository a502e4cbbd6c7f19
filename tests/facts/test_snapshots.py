from assay.artefacts.snapshots import open_snapshots
from assay.facts.snapshots import read_snapshots
from assay.model.source import BufferSource

MANIFEST = b"""schema = "assay-snapshots/1"
endpoint = "http://cfg.example.test/guard"
[[snapshot]]
file = "full.json"
taken = "2021-09-20T06:00:00Z"
status = 200
parameters = { v = "0", market = "DE" }
[[snapshot]]
file = "broken.json"
[[snapshot]]
file = "empty.json"
taken = "2022-01-05T09:00:00+03:00"
"""


def test_each_snapshot_is_a_row_at_its_place() -> None:
    rows = list(read_snapshots(open_snapshots(BufferSource(MANIFEST))))
    assert [(row.place, row.file, row.taken, row.status, row.parameters) for row in rows] == [
        ("toml:/snapshot/0", "full.json", "2021-09-20T06:00:00Z", 200, '{"market":"DE","v":"0"}'),
        ("toml:/snapshot/2", "empty.json", "2022-01-05T06:00:00Z", None, "{}"),
    ]
    assert {row.endpoint for row in rows} == {"http://cfg.example.test/guard"}
