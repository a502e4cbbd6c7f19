"""Dated answers of the guard endpoint, as a laboratory recorded them for each handset."""

from tests.specimens.evidence import bodies

ENDPOINT = "http://cfg.example.test/guard"
MARKETS = {"north": "LT", "west": "DE", "east": "CN"}
TAKEN = {
    "2021-09-20-full.json": ("2021-09-20T06:00:00Z", 0, bodies.guard_full),
    "2021-11-15-newer.json": ("2021-11-15T06:00:00Z", bodies.FULL, bodies.guard_newer),
    "2022-01-05-empty.json": ("2022-01-05T06:00:00Z", bodies.NEWER, bodies.guard_empty),
}
HEAD = f"""# Recorded by polling the endpoint with the request parameters that the specimen app sends.
schema = "assay-snapshots/1"
endpoint = "{ENDPOINT}"
"""
ROW = """
[[snapshot]]
file = "{file}"
taken = "{taken}"
status = 200
parameters = {{ v = "{version}", market = "{market}" }}
"""


def manifest(market: str) -> bytes:
    rows = [
        ROW.format(file=file, taken=taken, version=version, market=market)
        for file, (taken, version, _) in TAKEN.items()
    ]
    return (HEAD + "".join(rows)).encode()


def files() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for handset, market in MARKETS.items():
        folder = f"{handset}/snapshots/guard"
        found[f"{folder}/snapshots.toml"] = manifest(market)
        found |= {f"{folder}/{file}": body().encode() for file, (_, _, body) in TAKEN.items()}
    return found
