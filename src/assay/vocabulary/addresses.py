"""Facts of network addresses that artefacts carry."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class Address(Fact, frozen=True, kw_only=True):
    """A URL, host name or IP address written in code or in a file: carried, which is not contacted."""

    kind: Annotated[str, Column("url, host or ip")]
    value: Annotated[str, Column("as found")]
    scheme: Annotated[str, Column("URL scheme in lower case; empty for hosts and addresses")]
    host: Annotated[str, Column("host in lower case, IDNA form as found; or the address in canonical form")]
    port: Annotated[int | None, Column("port where stated")]
    path: Annotated[str, Column("path with query as found; empty where absent")]
    cleartext: Annotated[bool | None, Column("scheme without transport encryption; null where no scheme")]
    carrier: Annotated[str, Column("code, resource, manifest, json, xml, preferences, text, csv, har, script, native")]
