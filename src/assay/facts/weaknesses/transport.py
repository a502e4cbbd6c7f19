"""Checks of servers that check nothing: trust managers, checks of host names, and pages with refused certificates.

Source: Java Platform, javax.net.ssl.X509TrustManager and HostnameVerifier; Android, android.webkit.WebViewClient.
"""

from collections.abc import Iterator

from assay.bytecode.flow.edges import EXCEPTION
from assay.bytecode.gates.formula import OPEN
from assay.bytecode.provenance.bodies import Body
from assay.bytecode.provenance.terms import Kind
from assay.facts.weaknesses.scene import Scene, Seen

_TRUST = (b"Ljavax/net/ssl/X509TrustManager;", b"Ljavax/net/ssl/X509ExtendedTrustManager;")
_CHECK = (b"checkServerTrusted", b"([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V")
_HOSTS = (b"Ljavax/net/ssl/HostnameVerifier;", b"Lorg/apache/http/conn/ssl/X509HostnameVerifier;")
_VERIFY = (b"verify", b"(Ljava/lang/String;Ljavax/net/ssl/SSLSession;)Z")
_SETTERS = (b"setHostnameVerifier", b"setDefaultHostnameVerifier", b"hostnameVerifier", b"setSSLHostnameVerifier")
_SET_ON = (
    b"Ljavax/net/ssl/HttpsURLConnection;", b"Lorg/apache/http/conn/ssl/SSLSocketFactory;",
    b"Lokhttp3/OkHttpClient$Builder;", b"Lorg/apache/http/impl/client/HttpClientBuilder;",
)  # fmt: skip
_ACCEPTING = ("ALLOW_ALL_HOSTNAME_VERIFIER", "AllowAllHostnameVerifier;", "NoopHostnameVerifier;")
_REFUSING = (b"check", b"verify", b"validate", b"require", b"assert", b"throw")
_DATES = b"checkValidity"
_DEEPEST = 3
_ALWAYS = "always"


def transport(scene: Scene) -> Iterator[Seen]:
    """Yield what is wrong with checks of servers."""
    yield from _trust_managers(scene)
    yield from _verifiers(scene)
    yield from _handed_verifiers(scene)
    yield from _pages(scene)


def _trust_managers(scene: Scene) -> Iterator[Seen]:
    for body, class_id in scene.overriding(_TRUST, *_CHECK):
        checks = refusals(scene, body)
        if checks <= {_DATES}:
            detail = "only the dates of certificates are checked" if checks else "nothing refuses"
            name, reached = scene.class_name(class_id), scene.made(class_id)
            yield Seen("trusts-any-certificate", body.definition, 0, name, detail, reached)


def refusals(scene: Scene, body: Body, depth: int = 0) -> set[bytes]:
    """Return the names of what can refuse in a method or in what it calls: throws, and calls that check something.

    A call whose exception a handler takes, in a method that throws nothing, refuses nothing.
    """
    throws = any(body.opcode(row) == "throw" for row in range(body.rows))
    found = {b"throw"} if throws else set()
    for call in body.calls:
        outside = scene.ground.find_class(call.owner) is None
        own = {call.name} if call.name.startswith(_REFUSING) and (outside or not call.targets) else set()
        for target in call.targets if depth < _DEEPEST else ():
            below = scene.tracing.bodies.of(target)
            own |= refusals(scene, below, depth + 1) if below is not None and target != body.definition else set()
        own |= {call.name} if call.targets and depth >= _DEEPEST else set()
        found |= own if throws or not _handled(body, call.row) else set()
    return found


def _handled(body: Body, row: int) -> bool:
    """Return whether an exception of an instruction leads to a handler."""
    edges, block = body.flow.edges, body.block(row)
    kinds = edges.kind[int(edges.starts[block]) : int(edges.starts[block + 1])]
    return bool((kinds == EXCEPTION).any())


def _verifiers(scene: Scene) -> Iterator[Seen]:
    for body, class_id in scene.overriding(_HOSTS, *_VERIFY):
        terms = [scene.evaluator.term(body.definition, value) for _, value in body.returns]
        known = [scene.evaluator.constants(term) for term in terms]
        if known and all(each is not None and set(each) == {1} for each in known):
            name, reached = scene.class_name(class_id), scene.made(class_id)
            yield Seen("accepts-any-host", body.definition, 0, name, "the answer is always yes", reached)


def _handed_verifiers(scene: Scene) -> Iterator[Seen]:
    """Yield where a verifier of a library that accepts all hosts is handed over."""
    for at in scene.called(_SET_ON, _SETTERS):
        term = scene.argument(at, 1)
        for each in () if term is None else scene.terms.below(term):
            own = scene.terms[each]
            named = own.name.partition(":")[0] if own.kind is Kind.CALL else own.name
            if named.endswith(_ACCEPTING):
                yield scene.at("accepts-any-host", at, named, "a verifier of a library that accepts every host")


def _pages(scene: Scene) -> Iterator[Seen]:
    for at in scene.called((b"Landroid/webkit/SslErrorHandler;",), (b"proceed",)):
        if at.body.key[1] != b"onReceivedSslError":
            continue
        when = scene.tracing.gates.execution.within(at.body.definition, at.call.row, ())
        detail = _ALWAYS if when == OPEN else "under conditions of the code"
        owner = at.body.key[0].decode("utf-8", "backslashreplace")
        yield scene.at("proceeds-past-certificate-error", at, owner, detail)
