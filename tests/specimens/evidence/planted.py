"""The known values of the three invented handsets."""

from dataclasses import dataclass

TEST_TAC = "00101200"
"""Type allocation code of test equipment: no handset on sale has it."""


@dataclass(frozen=True)
class Owner:
    handset: str
    imei: str
    advertising_id: str
    android_id: str
    phone_number: str
    email: str
    ssid: str
    typed_canary: str
    visited_url: str
    position: str

    def values(self) -> dict[str, str]:
        return {kind: value for kind, value in vars(self).items() if kind != "handset"}


def imei(serial: str) -> str:
    """Return a test IMEI with its check digit (Luhn, 3GPP TS 23.003 annex B)."""
    body = TEST_TAC + serial
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(body)]
    return body + str(-sum(number // 10 + number % 10 for number in doubled) % 10)


NORTH = Owner(
    handset="Specimen North",
    imei=imei("471101"),
    advertising_id="0a1b2c3d-1111-4aaa-8bbb-00000000a001",
    android_id="a1b2c3d4e5f60001",
    phone_number="+447700900101",
    email="mara.north@mail.example",
    ssid="Example-Lab-North",
    typed_canary="quillfern-7701",
    visited_url="https://news.example/article/4711?ref=north",
    position="54.6871,25.2801",
)
WEST = Owner(
    handset="Specimen West",
    imei=imei("471202"),
    advertising_id="0a1b2c3d-2222-4aaa-8bbb-00000000b002",
    android_id="a1b2c3d4e5f60002",
    phone_number="+447700900202",
    email="jonas.west@mail.example",
    ssid="Example-Lab-West",
    typed_canary="quillfern-7702",
    visited_url="https://news.example/article/4712?ref=west",
    position="53.5502,9.9902",
)
EAST = Owner(
    handset="Specimen East",
    imei=imei("471303"),
    advertising_id="0a1b2c3d-3333-4aaa-8bbb-00000000c003",
    android_id="a1b2c3d4e5f60003",
    phone_number="+447700900303",
    email="lin.east@mail.example",
    ssid="Example-Lab-East",
    typed_canary="quillfern-7703",
    visited_url="https://news.example/article/4713?ref=east",
    position="31.2303,121.4703",
)
OWNERS = {"north": NORTH, "west": WEST, "east": EAST}

HEAD = """# Values planted on the specimen handsets of the demo. All invented: IMEIs with the code of test equipment,
# telephone numbers from the range reserved for drama, hosts with reserved names.
schema = "assay-planted/1"
"""


def label(owner: Owner, kind: str) -> str:
    return f"{owner.handset.rpartition(' ')[2].lower()} {kind.replace('_', ' ')}"


def entry(owner: Owner, kind: str, value: str) -> str:
    fields = {"kind": kind, "value": value, "handset": owner.handset, "label": label(owner, kind)}
    return "\n[[value]]\n" + "".join(f'{name} = "{text}"\n' for name, text in fields.items())


def files() -> dict[str, bytes]:
    rows = [entry(owner, kind, value) for owner in OWNERS.values() for kind, value in owner.values().items()]
    return {"planted.toml": (HEAD + "".join(rows)).encode()}
