"""The closed lists of words that a model of a platform call may use.

A label says what a value is or what a call does on a phone; whether that matters is for rules and claims to say.
"""

OPERATIONS = frozenset(
    """
    copy view iterate element concat split join substring character replace format lower upper trim normalise reverse
    number to-string length decode-text encode-text decode-url encode-url decode-base64 encode-base64 decode-hex
    encode-hex inflate deflate decrypt encrypt digest digest-md5 digest-sha1 digest-sha256 mac
    parse-json json-field write-json parse-xml parse-protobuf parse-properties parse-archive read open request
    match select sort derive
    """.split()
)
"""What a flow does to the value; ``copy``: the same object, ``view``: another object over the same content,
``derive``: something that depends on the value in a way no other word says."""

SOURCES = frozenset(
    """
    text.typed text.search text.clipboard text.intent text.url text.page text.sms text.notification text.contact
    text.call text.media text.location text.packages text.screen text.log text.advertisement text.feed text.push
    text.device text.calendar text.message text.cookie
    list.resource list.asset list.file list.database list.preference list.network list.push list.provider
    variable.market variable.locale variable.language variable.sim-country variable.network-country variable.time-zone
    variable.time variable.random variable.version variable.build variable.model variable.user-setting
    variable.device-id variable.connectivity variable.remote variable.screen-state variable.permission
    network.response
    identifier.imei identifier.android-id identifier.advertising-id identifier.imsi identifier.mac identifier.serial
    identifier.phone-number identifier.accounts
    """.split()
)
"""What a value is where the platform gives it."""

SINKS = frozenset(
    """
    effect.toast effect.dialog effect.notification effect.error effect.log effect.network effect.sms effect.store
    effect.show effect.hide effect.navigate effect.connect effect.stop effect.install effect.speak effect.insert
    effect.call effect.broadcast effect.exit effect.grant effect.load effect.execute effect.schedule
    """.split()
)
"""What a call does to the world outside the program."""

STORES = frozenset(
    """
    preference settings property file asset resource table provider bundle-extra service environment cookie account
    command shape
    """.split()
)
"""Kinds of named stores: what is written under a name can be read under it elsewhere.

Two are none, and have keys alone: ``command``, names of programs whose output is known, and ``shape``, names of methods
that only one sort of class has.
"""

ACCESSES = frozenset({"open", "read", "write", "remove"})

TESTS = frozenset(
    """
    equals equals-ignore-case contains contains-member contains-key starts-with ends-with matches-regex find-regex
    index-of compare region-matches is-empty has-next is-null same
    """.split()
)
"""Predicates: the operand looked into comes first, the one looked for second. ``index-of`` holds at 0 and above,
``compare`` at 0, all others where the result is true."""

KINDS = frozenset(
    """
    call lambda thread post message task listener future component broadcast service job intent reflective initialiser
    """.split()
)
"""How control comes into a callback."""
