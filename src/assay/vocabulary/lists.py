"""Facts of term lists: what they hold, how they count, how they change."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact


class TermList(Fact, frozen=True, kw_only=True):
    """A list of words, phrases, hosts, packages or digests that an artefact carries."""

    list_id: Annotated[str, Column("identity (assay.model.wordlist), L- and 16 hex digits")]
    identity: Annotated[str, Column("identity in full, sha256 hex")]
    entries: Annotated[int, Column("records as found, empty ones included", "entries")]
    unique: Annotated[int, Column("distinct entries after trim, NFKC and case folding", "entries")]
    carrier: Annotated[str, Column("json-array, json-keys, text-lines, csv-column, xml-elements, preferences, …")]
    name: Annotated[str, Column("what the carrier calls it: key, resource or column name; empty where nameless")]
    shape: Annotated[str, Column("words, phrases, hosts, packages, urls, numbers or digests: most of the entries")]
    encoding: Annotated[str, Column("character encoding it was read in, e.g. utf-8, gb18030")]


class Term(Fact, frozen=True, kw_only=True):
    """One entry of a term list."""

    list_id: Annotated[str, Column("identity of the list")]
    ordinal: Annotated[int, Column("position in the list as found, from 0")]
    text: Annotated[str, Column("as found, never normalised")]
    normal: Annotated[str, Column("trimmed, NFKC, case folded: for comparison only")]
    script: Annotated[str, Column("script of most letters")]


class Census(Fact, frozen=True, kw_only=True):
    """The size of a term list under one stated counting rule."""

    list_id: Annotated[str, Column("identity of the list")]
    rule: Annotated[str, Column("raw, trimmed, unique, unique-trimmed, unique-normal, or script:<name>")]
    count: Annotated[int, Column("entries under that rule", "entries")]


class Snapshot(Fact, frozen=True, kw_only=True):
    """One dated answer of a configuration endpoint, from the manifest of a snapshot folder."""

    endpoint: Annotated[str, Column("URL as stated by who took it")]
    taken: Annotated[str, Column("time of the answer, RFC 3339 UTC, as stated")]
    file: Annotated[str, Column("name of the body's file beside the manifest; a label, never opened")]
    status: Annotated[int | None, Column("HTTP status")]
    parameters: Annotated[str, Column("request parameters as stated, canonical JSON")]


class ListVersion(Fact, frozen=True, kw_only=True):
    """A version of a list at an endpoint on a day (joined from snapshots and the lists in their bodies)."""

    endpoint: Annotated[str, Column("URL")]
    taken: Annotated[str, Column("RFC 3339 UTC")]
    body: Annotated[str, Column("sha256 of the body")]
    name: Annotated[str, Column("what the carrier calls the list")]
    list_id: Annotated[str, Column("identity of the list; of the empty list where it was emptied")]
    entries: Annotated[int, Column("records as found", "entries")]


class ListChange(Fact, frozen=True, kw_only=True):
    """What changed between two successive versions of a list at an endpoint."""

    endpoint: Annotated[str, Column("URL")]
    name: Annotated[str, Column("what the carrier calls the list")]
    before: Annotated[str, Column("time of the earlier version, RFC 3339 UTC")]
    after: Annotated[str, Column("time of the later version, RFC 3339 UTC")]
    list_before: Annotated[str, Column("identity of the earlier list")]
    list_after: Annotated[str, Column("identity of the later list")]
    added: Annotated[tuple[str, ...], Column("normal forms of entries only in the later version, sorted")]
    removed: Annotated[tuple[str, ...], Column("normal forms of entries only in the earlier version, sorted")]
    emptied: Annotated[bool, Column("the later version has no entries and the earlier one had")]
