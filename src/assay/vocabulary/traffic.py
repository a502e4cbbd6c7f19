"""Facts of traffic: what left, what it held, where it went, and what that place was on that day."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class Transfer(Fact, frozen=True, kw_only=True):
    """One request with its answer, as a capture or a proxy log recorded it."""

    entry: Annotated[int, Column("position in the capture, from 0; names the transfer within the artefact")]
    started: Annotated[str, Column("time of the request, RFC 3339 UTC; empty where not recorded")]
    day: Annotated[str, Column("UTC day of the request, YYYY-MM-DD; empty where not recorded")]
    method: Annotated[str, Column("HTTP method")]
    scheme: Annotated[str, Column("http, https, ws or wss")]
    host: Annotated[str, Column("recipient's host in lower case")]
    port: Annotated[int | None, Column("port")]
    path: Annotated[str, Column("path without query")]
    address: Annotated[str, Column("server's IP address where recorded, canonical form; empty otherwise")]
    status: Annotated[int | None, Column("HTTP status; null where no answer was recorded")]
    request_bytes: Annotated[int | None, Column("length of the request body; null where not recorded", "bytes")]
    response_bytes: Annotated[int | None, Column("length of the answer’s body; null where not recorded", "bytes")]
    response_sha256: Annotated[str, Column("sha256 of the answer's body where recorded; the artefact of that name")]
    mime: Annotated[str, Column("media type of the answer as stated")]
    cleartext: Annotated[bool, Column("no transport encryption")]
    evidence: Annotated[str, Column("wire_decrypted, proxy_log or metadata_only")]
    app: Annotated[str, Column("package that sent it, where the capture says so; empty otherwise")]


class Parameter(Fact, frozen=True, kw_only=True):
    """One leaf of a request: a value with its address. The value itself stays in the evidence."""

    entry: Annotated[int, Column("position of the transfer in the capture")]
    address: Annotated[
        str, Column("where the leaf stands, e.g. query:aid · header:User-Agent · body:json:/events/0/id")
    ]
    name: Annotated[str, Column("last part of the address: the parameter's own name")]
    value_bytes: Annotated[int, Column("length of the value", "bytes")]
    value_sha256: Annotated[str, Column("sha256 of the value, without salt: a short value can be guessed from it")]


class PlantedHit(Fact, frozen=True, kw_only=True):
    """A planted value found in a request, in which form, and through which wrappings."""

    entry: Annotated[int, Column("position of the transfer in the capture")]
    address: Annotated[str, Column("address of the leaf that held it")]
    kind: Annotated[str, Column("kind of planted value, e.g. imei, advertising_id, typed_canary")]
    label: Annotated[str, Column("label of the planted value; never the value")]
    form: Annotated[str, Column("raw, or the notation it was found in")]
    chain: Annotated[tuple[str, ...], Column("wrappings from the outside in, e.g. percent, base64")]
    bits: Annotated[int, Column("information in the value: how unlikely a chance hit is", "bits")]


class Destination(Fact, frozen=True, kw_only=True):
    """What one dated database says of an address that received a transfer."""

    host: Annotated[str, Column("recipient's host")]
    address: Annotated[str, Column("IP address")]
    day: Annotated[str, Column("UTC day of the transfer")]
    database: Annotated[str, Column("name of the database")]
    database_as_of: Annotated[str, Column("date of the database; empty where unknown")]
    country: Annotated[str, Column("ISO 3166-1 alpha-2: registered or located in, according to it; empty: not listed")]
    note: Annotated[str, Column("anycast, cdn or empty, as the database says")]


class RecipientCountry(Fact, frozen=True, kw_only=True):
    """What the databases together say of a recipient on a day, and what Chapter V says of that country then."""

    host: Annotated[str, Column("recipient's host")]
    address: Annotated[str, Column("IP address; empty where not recorded")]
    day: Annotated[str, Column("UTC day of the transfer; empty where not recorded")]
    agreement: Annotated[str, Column("agreed, disputed, anycast or unknown")]
    countries: Annotated[tuple[str, ...], Column("every country named, sorted")]
    in_eea: Annotated[str, Column("inside, outside, disputed or unknown")]
    adequacy: Annotated[str, Column("member, adequate, partly (scope matters), none, disputed or unknown")]
    scope: Annotated[str, Column("scope of the adequacy decision; empty where none")]
    decision: Annotated[str, Column("id of the row of the adequacy table; empty where none")]
    verified: Annotated[str, Column("primary, secondary or unverified: how that row was checked")]
