"""Facts of comparisons: where text meets a list, with what consequence, behind which gate, and how that is shown."""

from typing import Annotated

from assay.vocabulary.fact import Column, Fact

_COMPARISON = Column("id of the comparison, the same in all tables of this theme: c- and 16 hex digits")


class Comparison(Fact, frozen=True, kw_only=True):
    """A place where text meets a list, for one way there and one pair of origins; `place` is that of the call."""

    comparison: Annotated[str, _COMPARISON]
    package: Annotated[str, Column("package name")]
    class_name: Annotated[str, Column("class descriptor of the comparing method")]
    method: Annotated[str, Column("name and prototype of the comparing method")]
    code_offset: Annotated[int, Column("offset of the comparison in the method's code", "16-bit code units")]
    api: Annotated[str, Column("called method, or the shape that was recognised")]
    operator: Annotated[str, Column("substring, whole, prefix, suffix, regex, member, digest, sql, native or other")]
    folding: Annotated[
        str, Column("what is done to both sides before: lower, upper, trim, normalise …; empty: nothing")
    ]
    entry: Annotated[str, Column("method through which the system enters on the way to the comparison")]
    chain: Annotated[tuple[str, ...], Column("calls on the way from entry to comparison, each with its code offset")]
    list_origin: Annotated[
        str,
        Column(
            "constants, resource, asset, file, database, preference, downloaded, pushed, provider, intent or unknown"
        ),
    ]
    list_detail: Annotated[
        tuple[str, ...], Column("address, file, key, resource …: sort and text, e.g. file:words.json")
    ]
    list_terms: Annotated[tuple[str, ...], Column("first entries where they stand in the code, at most 20, as found")]
    text_origin: Annotated[str, Column("typed, search, clipboard, url, page, sms, advertisement, … or unknown")]
    text_detail: Annotated[tuple[str, ...], Column("the calls, parameters or remote fields it comes from")]
    consequences: Annotated[
        tuple[str, ...],
        Column("dropped, refused, masked, message, navigation, connection, install, hidden, reported, logged, stored"),
    ]
    message: Annotated[tuple[str, ...], Column("resources or constants of a message to the user, as found")]
    gate: Annotated[str, Column("formula over the gate's variables; true where nothing keeps it dormant")]
    remote_content: Annotated[str, Column("a server can change the words: yes, no or unknown")]
    remote_switch: Annotated[str, Column("a server can open or close the gate in some profile: yes, no or unknown")]
    path_shown: Annotated[bool, Column("a way from the origins over the comparison to a consequence was followed")]
    unknowns: Annotated[int, Column("edges on the way that could not be followed", "edges")]


class GateTruth(Fact, frozen=True, kw_only=True):
    """The gate of a comparison under one profile; `unset` takes settings and what servers send at their defaults."""

    comparison: Annotated[str, _COMPARISON]
    profile: Annotated[str, Column("id of the profile; unknown: market and locale empty, no SIM")]
    unset: Annotated[str, Column("open, closed or unknown before a server sent anything and a user chose anything")]
    server_opens: Annotated[
        str, Column("open for some of what a server can send, nothing included: yes, no or unknown")
    ]
    server_closes: Annotated[
        str, Column("closed for some of what a server can send, nothing included: yes, no or unknown")
    ]
    user_opens: Annotated[
        str,
        Column(
            "open for some of what the user can set while a server sent nothing, defaults included: yes, no or unknown"
        ),
    ]


class GateVariable(Fact, frozen=True, kw_only=True):
    """A variable of the gate of a comparison; `place` is the branch that tests it."""

    comparison: Annotated[str, _COMPARISON]
    stage: Annotated[str, Column("use, download or consequence: what it keeps from happening")]
    variable: Annotated[str, Column("what is tested, e.g. property:ro.product.market or remote:enabled")]
    constants: Annotated[tuple[str, ...], Column("what it is compared with, sorted")]
    default: Annotated[str, Column("value that the code takes where it is missing; empty where none is stated")]
    controller: Annotated[str, Column("vendor's build, SIM or network, user, vendor's server, chance, time or unknown")]
    condition: Annotated[str, Column("the condition as a formula, with the sense in which it opens")]


class WitnessStep(Fact, frozen=True, kw_only=True):
    """One step of the witness of a comparison, in order; each follows from the one before in the DEX bytes."""

    comparison: Annotated[str, _COMPARISON]
    leg: Annotated[str, Column("list, text, or outcome:message and the like, one for each consequence")]
    number: Annotated[int, Column("place in its leg, from 0", "steps")]
    kind: Annotated[str, Column("constant, source, argument, return, compare, branch, past, consequence, …")]
    dex_sha256: Annotated[str, Column("DEX file of the step")]
    class_name: Annotated[str, Column("class descriptor")]
    method: Annotated[str, Column("name and prototype")]
    code_offset: Annotated[int, Column("offset in the method's code", "16-bit code units")]
    step: Annotated[str, Column("the whole step as canonical JSON, for the independent checker")]


class UnfollowedEdge(Fact, frozen=True, kw_only=True):
    """A place on the way of a comparison where it could not be told what goes on."""

    comparison: Annotated[str, _COMPARISON]
    reason: Annotated[str, Column("native, reflection, too many callers, budget, unknown call …")]
    where: Annotated[str, Column("method and code offset")]
    costs: Annotated[str, Column("what it leaves open: list origin, text origin, consequence, gate or witness")]


class CodeFlow(Fact, frozen=True, kw_only=True):
    """Data that code carries from a source to a sink; `place` is that of the sink's call."""

    package: Annotated[str, Column("package name")]
    source: Annotated[
        str, Column("label of what is read, e.g. identifier.imei or text.contact; constant; unknown: not followed")
    ]
    source_api: Annotated[str, Column("method, field or store that it is read from; of a constant its text")]
    source_place: Annotated[str, Column("method and code offset where it is read, empty where it is given")]
    sink: Annotated[str, Column("label of where it goes, e.g. effect.network, effect.sms, effect.store, effect.log")]
    sink_api: Annotated[str, Column("method that is called with it")]
    recipient: Annotated[tuple[str, ...], Column("addresses, numbers or files that the code names for the sink")]
    through: Annotated[tuple[str, ...], Column("what is done to it on the way: digest-md5, encode-base64 …")]
    entry: Annotated[str, Column("method through which the system enters on the way to the sink, empty: unknown")]
    chain: Annotated[tuple[str, ...], Column("calls on the way from entry to sink, each with its code offset")]
    unknowns: Annotated[int, Column("edges on the way that could not be followed", "edges")]


WEAKNESSES = {
    "trusts-any-certificate": "a trust manager whose check of a server never refuses",
    "accepts-any-host": "a check of host names that accepts every host",
    "proceeds-past-certificate-error": "a page is loaded although its certificate was refused",
    "cleartext-download": "an answer that comes without encryption is stored or parsed",
    "unsigned-download": "an answer is stored and neither a digest nor a signature of it is looked at",
    "loads-downloaded-code": "code is loaded, or a program run, from where an answer of a server was stored",
    "loads-outside-code": "code is loaded, or a program run, from where other apps can write or what they hand over",
    "old-cipher": "a cipher that is broken or has too short a key: DES, RC2, RC4",
    "ecb-mode": "a block cipher that enciphers each block alone",
    "constant-key": "a key or password that stands in the code",
    "constant-iv": "an initialisation vector that stands in the code",
    "key-from-time": "a key that is made of the time",
    "possible-xor-cipher": "bytes or characters are combined in a loop with a constant or a repeated key",
    "world-accessible-file": "a file, preferences or database that every app may read or write",
    "javascript-bridge": "pages that are not all constant and local can call an object of the app",
    "webview-file-access": "pages that were loaded from files may read other files or other hosts",
    "sql-from-outside": "text from another app becomes part of an SQL statement",
    "identifier-in-broadcast": "an identifier goes out in a broadcast that every app can receive",
    "open-pending-intent": "a pending intent without a receiver that whoever gets it can change",
    "exported-component-acts": "any app can start a component, which then does something that needs a right",
}
"""What can be seen, by the word in `Weakness.kind`."""


class Weakness(Fact, frozen=True, kw_only=True):
    """A property of code or package that the word vulnerability covers, as seen; `place` is where it shows."""

    package: Annotated[str, Column("package name")]
    kind: Annotated[str, Column("what was seen, a word of the closed list WEAKNESSES, e.g. trusts-any-certificate")]
    subject: Annotated[str, Column("component, class, address, file or key that it is about")]
    detail: Annotated[str, Column("what exactly stands there")]
    reached: Annotated[str, Column("yes, no or unknown: the system can enter the code that does it")]
