import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model.errors import UsageError
from assay.reference.planted import Found, PlantedValue, PlantedValues

IMEI = PlantedValue("imei", "imei", "490154203237518")
PHONE = PlantedValue("phone_number", "number", "+447700900123")
GAID = PlantedValue("advertising_id", "ad id", "0a1b2c3d-1111-4aaa-8bbb-00000000a001")
EMAIL = PlantedValue("email", "email", "Mara.North@mail.example")
URL = PlantedValue("visited_url", "page", "https://news.example/article/4711?ref=north")
PLACE = PlantedValue("position", "place", "54.6871,25.2801")
CANARY = PlantedValue("typed_canary", "canary", "velvet kestrel harbour")
MAC = PlantedValue("wifi_mac", "mac", "00:00:5e:00:53:af")
ANDROID = PlantedValue("android_id", "android", "a1b2c3d4e5f60001")
WORD = PlantedValue("text", "word", "šaltis")
SHORT = PlantedValue("text", "short", "Qix7")
EVERY = PlantedValues([IMEI, PHONE, GAID, EMAIL, URL, PLACE, CANARY, MAC, ANDROID, WORD, SHORT])


def found(data: bytes | str) -> list[tuple[str, str]]:
    raw = data.encode() if isinstance(data, str) else data
    return [(each.label, each.form) for each in EVERY.find(raw)]


@pytest.mark.parametrize(
    ("data", "hit"),
    [
        ("490154203237518", ("imei", "raw")),
        ("imei=490154203237518;", ("imei", "raw")),
        ("49015420323751", ("imei", "without check digit")),
        ("4901542032375107", ("imei", "with software version")),
        ("49-015420-323751-8", ("imei", "grouped")),
        ("x 490154 20 323751 8", ("imei", "grouped")),
        ("+447700900123", ("number", "raw")),
        ("447700900123", ("number", "international")),
        ("tel:00447700900123", ("number", "international with 00")),
        ("+44 7700 900123", ("number", "grouped")),
        ("07700 900 123", ("number", "grouped")),
        ("7700900123", ("number", "national")),
        ("07700900123", ("number", "national with trunk prefix")),
        ("0A1B2C3D-1111-4AAA-8BBB-00000000A001", ("ad id", "other case")),
        ("id=0a1b2c3d11114aaa8bbb00000000a001", ("ad id", "undashed")),
        ("mara.north@mail.example", ("email", "other case")),
        ("to:Mara.North@mail.example,x", ("email", "raw")),
        ("https://news.example/article/4711?ref=north", ("page", "raw")),
        ("news.example/article/4711?ref=north&utm=1", ("page", "without scheme")),
        ("54.6871,25.2801", ("place", "raw")),
        ("at 54.687,25.280 now", ("place", "3 decimals")),
        ("54.6871;25.2801", ("place", "4 decimals")),
        ("I typed velvet kestrel harbour.", ("canary", "raw")),
        ("VELVET KESTREL HARBOUR", ("canary", "other case")),
        ("velvet kestrel harbour".encode("utf-16-le"), ("canary", "text, utf-16-le")),
        ("00-00-5E-00-53-AF", ("mac", "grouped")),
        ("00005e0053af", ("mac", "ungrouped")),
        ("0000.5e00.53af", ("mac", "grouped")),
        ("A1B2C3D4E5F60001", ("android", "other case")),
        ("ŠALTIS", ("word", "text")),
        ("s\u030caltis", ("word", "text")),
        ("Qix7", ("short", "raw")),
        (" qix7\n", ("short", "other case")),
    ],
)
def test_a_value_is_found_in_every_notation(data: bytes | str, hit: tuple[str, str]) -> None:
    assert found(data) == [hit]


@pytest.mark.parametrize(
    ("digest", "hit"),
    [  # as sha256sum, md5sum and sha1sum print them
        ("1f0b62b5f05f305e9251c88be27c9e519449e8e34a00a59ec0a534d85ecfaf08", ("imei", "sha256, with check digit")),
        ("0EAED834A1E6F4B2BF0C024E0013DEA1", ("imei", "md5, with check digit")),
        ("8f0f4ce961ca65cb0d3b9376aef1137a7c519ac4", ("canary", "sha1, text")),
        ("40ce120a3509087f921cad996518742a", ("number", "md5, international")),
    ],
)
def test_an_unsalted_digest_is_found_as_digits_and_as_bytes(digest: str, hit: tuple[str, str]) -> None:
    assert found(digest) == [hit]
    assert found(bytes.fromhex(digest)) == [hit]


@pytest.mark.parametrize(
    "data",
    [
        "490154203237517",  # another check digit
        "49015420323752",  # another serial number
        "149015420323751",  # digits run together
        "447700900124",
        "4477009001234",  # one digit more
        "1447700900123",
        "+45 7700900123",  # another country
        "0a1b2c3d-1111-4aaa-8bbb-00000000a002",
        "0a1b2c3d-1111-4aaa-8bbb",
        "a.mara.north@mail.example",
        "mara.north@mail.examples",
        "https://news.example/article/47112?ref=north",
        "https://news.example/article/4711",
        "http://more.news.example/article/4711?ref=north",
        "54.6871,25.2802",
        "54.687,25.281",
        "54.6,25.2",
        "velvet kestrel",
        "velvetkestrelharbour",
        "velvet kestrel harbours",
        "00:00:5e:00:53:ae",
        "a1b2c3d4e5f6000",
        "saltis",
        "aQix7",
        "the Qix7 thing",
        "",
    ],
)
def test_a_near_miss_is_no_hit(data: str) -> None:
    assert found(data) == []


def test_a_short_national_number_counts_only_alone() -> None:
    planted = PlantedValues([PlantedValue("phone_number", "number", "+37061234567")])
    assert [each.form for each in planted.find(b"6123 45 67")] == ["grouped"]
    assert [each.form for each in planted.find(b"861234567")] == ["national with trunk prefix"]
    assert planted.find(b"order 61234567") == ()


@pytest.mark.parametrize(
    ("leaf", "half", "form"),
    [
        ("54.6871", "latitude", "4 decimals"),
        ("54.687", "latitude", "3 decimals"),
        ("54.68711", "latitude", "4 decimals"),
        ("54.68709", "latitude", "4 decimals"),
        ("25.280", "longitude", "3 decimals"),
        (" 25.28010 ", "longitude", "4 decimals"),
    ],
)
def test_half_a_position_is_told_from_a_whole_one(leaf: str, half: str, form: str) -> None:
    (each,) = EVERY.find(leaf.encode())
    assert (each.label, each.half, each.form) == ("place", half, form)


@pytest.mark.parametrize("leaf", ["54.68", "54.6872", "55.6871", "-54.6871", "54.6871x", "54", "54.688"])
def test_another_co_ordinate_is_no_half(leaf: str) -> None:
    assert found(leaf) == []


def test_bits_tell_how_unlikely_a_chance_hit_is() -> None:
    bits = {
        each.label: each.bits
        for text in ("490154203237518", "447700900123", "Qix7")
        for each in EVERY.find(text.encode())
    }
    assert bits == {"imei": 46, "number": 39, "short": 15}
    assert EVERY.find(b"0a1b2c3d11114aaa8bbb00000000a001")[0].bits == 128


def test_a_value_is_found_once_in_its_plainest_form() -> None:
    data = b"490154203237518 49-015420-323751-8 490154203237518"
    assert EVERY.find(data) == (Found("imei", "imei", "", "raw", 46),)


@given(st.binary(max_size=300))
def test_noise_is_no_hit(noise: bytes) -> None:
    strong = PlantedValues([IMEI, PHONE, GAID, EMAIL, URL, CANARY, MAC, ANDROID])
    assert strong.find(noise) == ()


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_a_value_is_found_wherever_it_stands(before: bytes, behind: bytes) -> None:
    data = before + b"|" + GAID.value.encode() + b"|" + behind
    assert "ad id" in [each.label for each in PlantedValues([GAID]).find(data)]


@pytest.mark.parametrize(
    ("address", "veiled"),
    [
        ("query:490154203237518", "query:…"),
        ("body:json:/490154203237518/x", "body:json:/…/x"),
        ("body:json:/users/Mara.North@mail.example|base64|json:/id", "body:json:/users/…|base64|json:/id"),
        ("query:qix7", "query:…"),
        ("body:json:/a/Qix7/b|json:/c", "body:json:/a/…/b|json:/c"),
        ("header:User-Agent", "header:User-Agent"),
        ("query:Qix7s", "query:Qix7s"),
    ],
)
def test_a_value_in_an_address_is_veiled(address: str, veiled: str) -> None:
    assert EVERY.veil(address) == veiled


def test_no_value_is_given_out() -> None:
    assert all(value.value not in repr(value) for value in EVERY.values)
    assert all(value.value not in str(EVERY.find(value.value.encode())) for value in EVERY.values)


def test_the_digest_depends_on_the_values_and_not_on_their_order() -> None:
    assert PlantedValues([IMEI, GAID]).digest == PlantedValues([GAID, IMEI, IMEI]).digest
    assert PlantedValues([IMEI]).digest != PlantedValues([GAID]).digest


def test_no_values_find_nothing() -> None:
    assert PlantedValues([]).find(b"anything") == ()


HEAD = 'schema = "assay-planted/1"\n'


def test_the_file_is_read() -> None:
    text = HEAD + '[[value]]\nkind = "imei"\nvalue = "490154203237518"\nlabel = "imei"\nhandset = "North"\n'
    assert PlantedValues.parse(text).values == (PlantedValue("imei", "imei", "490154203237518", "North"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no toml", "is not TOML"),
        ('schema = "assay-planted/2"', "states no schema"),
        (HEAD + 'value = "x"', "no list of values"),
        (HEAD + "value = [7]", "value 1 has no kind"),
        (HEAD + '[[value]]\nkind = "imei"\nlabel = "a"', "value 1 has no value"),
        (HEAD + '[[value]]\nkind = "imei"\nvalue = 490154203237518\nlabel = "a"', "value 1 has no value"),
        (HEAD + '[[value]]\nkind = "iemi"\nvalue = "490154203237518"\nlabel = "a"', "The kinds are: account, advert"),
        (HEAD + '[[value]]\nkind = "imei"\nvalue = "4901"\nlabel = "a"', "does not look like kind imei"),
        (HEAD + '[[value]]\nkind = "phone_number"\nvalue = "07700900123"\nlabel = "a"', "Write it like '[+]44 7700"),
        (HEAD + '[[value]]\nkind = "position"\nvalue = "54,25"\nlabel = "a"', "does not look like kind position"),
    ],
)
def test_what_would_make_the_search_miss_is_refused(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        PlantedValues.parse(text)
    assert "4901" not in str(refused.value)
