"""Facts of lists that pass from one app to another: what an app hands out, and what another compares text with."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact

_CHANNEL = Column("provider, intent, file or package: by which means a list passes between apps")
_WAY = Column("query, stream or call of a provider; broadcast, service or activity; file; asset or resource")
_HANDLE = Column("authority, action or class of an intent's receiver, path, or package; empty: not known")
_PART = Column("path of a URI, key of an extra, name of an asset, number of a resource; empty: any or not told apart")


class ListOffer(Fact, frozen=True, kw_only=True):
    """A list that an app hands to others, for one place where its content begins; `place` is where it is handed out.

    A provider that answers and whose list could not be followed has a row too, with the origin unknown.
    """

    offer: Annotated[str, Column("id of the offer: o- and 16 hex digits")]
    package: Annotated[str, Column("package name of the app that hands out")]
    component: Annotated[str, Column("class of the provider, empty for other channels")]
    channel: Annotated[str, _CHANNEL]
    way: Annotated[str, _WAY]
    handle: Annotated[str, _HANDLE]
    part: Annotated[str, _PART]
    recipient: Annotated[str, Column("package that an intent is addressed to; empty: whoever asks or listens")]
    access: Annotated[str, Column("who can take it: any, closed, or permission and its name")]
    origin: Annotated[
        str,
        Column("where the list begins, in the words of comparison.list_origin; other: text of a user or other sources"),
    ]
    detail: Annotated[tuple[str, ...], Column("address, file, key, resource …, as in comparison.list_detail")]
    terms: Annotated[tuple[str, ...], Column("first entries where they stand in the code, at most 20, as found")]
    remote_content: Annotated[str, Column("a server can change the words: yes, no or unknown")]
    gate: Annotated[str, Column("formula of handing out and, where the list is downloaded, of the download")]
    asks: Annotated[tuple[str, ...], Column("variables of that gate, each with who controls it, sorted")]
    unfollowed: Annotated[tuple[str, ...], Column("what on the way could not be followed, sorted")]


class OfferGate(Fact, frozen=True, kw_only=True):
    """The gate of an offer under one profile, as gate_truth has it for comparisons; without a row nothing is asked."""

    offer: Annotated[str, Column("id of the offer")]
    profile: Annotated[str, Column("id of the profile; unknown: market and locale empty, no SIM")]
    unset: Annotated[str, Column("open, closed or unknown before a server sent anything and a user chose anything")]
    server_opens: Annotated[str, Column("open for some of what a server can send: yes, no or unknown")]
    server_closes: Annotated[str, Column("closed for some of what a server can send: yes, no or unknown")]
    user_opens: Annotated[str, Column("open for some of what the user can set: yes, no or unknown")]


class ListRequest(Fact, frozen=True, kw_only=True):
    """Where a comparison takes its list from outside its own app; `place` is the call that takes it."""

    comparison: Annotated[str, Column("id of the comparison")]
    package: Annotated[str, Column("package name of the app that compares")]
    channel: Annotated[str, _CHANNEL]
    way: Annotated[str, _WAY]
    handle: Annotated[str, _HANDLE]
    part: Annotated[str, _PART]
