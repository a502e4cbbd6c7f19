"""Trust managers, checks of hosts and refused certificates: those that refuse nothing, and near misses."""

import pytest

from assay.facts.weaknesses.transport import transport
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import constant, made, proto, virtual
from tests.facts.weaknesses.apps import kinds, seen

CHAIN = "[Ljava/security/cert/X509Certificate;"
CERTIFICATE = "Ljava/security/cert/X509Certificate;"
STRING = "Ljava/lang/String;"
TRUST, HOSTS = "Ljavax/net/ssl/X509TrustManager;", "Ljavax/net/ssl/HostnameVerifier;"
CHECK = proto("V", CHAIN, STRING)
VERIFY = proto("Z", STRING, "Ljavax/net/ssl/SSLSession;")
HANDLER = "Landroid/webkit/SslErrorHandler;"
ERROR = proto("V", "Landroid/webkit/WebView;", HANDLER, "Landroid/net/http/SslError;")
THROW: list[w.Unit] = [0x27]
FIRST: list[w.Unit] = [0x12, 0x46 | 1 << 8, 14]
"""v0 = 0; v1 = v14[v0]: the first certificate of the chain."""


def trusting(code: list[w.Unit], tries: tuple[w.Try, ...] = ()) -> k.Kin:
    check = k.method("LTrust;", "checkServerTrusted", k.PUBLIC, code, CHECK)
    check.tries = list(tries)
    return k.kin("LTrust;", check, interfaces=(TRUST,))


def test_a_trust_manager_that_does_nothing_trusts_everybody() -> None:
    assert seen(transport, trusting([])) == [("trusts-any-certificate", "LTrust;", "nothing refuses")]


def test_logging_and_reading_refuse_nothing() -> None:
    reading = [*FIRST, *virtual(CERTIFICATE, "getSubjectDN", proto("Ljava/security/Principal;"), 1)]
    assert kinds(transport, trusting(reading)) == ["trusts-any-certificate"]


def test_dates_alone_are_no_check_of_who_it_is() -> None:
    dates = [*FIRST, *virtual(CERTIFICATE, "checkValidity", proto("V"), 1)]
    assert seen(transport, trusting(dates)) == [
        ("trusts-any-certificate", "LTrust;", "only the dates of certificates are checked")
    ]


DEFAULT_CHECK = k.call(k.INTERFACED, TRUST, "checkServerTrusted", CHECK)


def test_a_refusal_that_is_caught_refuses_nothing() -> None:
    """The handler is the return."""
    caught = trusting(DEFAULT_CHECK, (w.Try(0, 3, (("Ljava/security/cert/CertificateException;", 3),)),))
    assert kinds(transport, caught) == ["trusts-any-certificate"]


@pytest.mark.parametrize(
    "code",
    [
        DEFAULT_CHECK,
        [*made(0, "Ljava/security/cert/CertificateException;"), *THROW],
        [*FIRST, *k.call(k.STATICALLY, "LPins;", "holds", proto("V", CERTIFICATE))],
    ],
    ids=["the platform's check", "throws", "a check of its own"],
)
def test_a_trust_manager_that_checks_is_none(code: list[w.Unit]) -> None:
    throwing = k.method(
        "LPins;", "holds", k.PUBLIC | k.STATIC, [*made(0, "Ljava/lang/Error;"), *THROW], proto("V", CERTIFICATE)
    )
    assert kinds(transport, trusting(code), k.kin("LPins;", throwing)) == []


def test_a_class_that_is_no_trust_manager_may_be_empty() -> None:
    assert kinds(transport, k.kin("LTrust;", k.method("LTrust;", "checkServerTrusted", k.PUBLIC, [], CHECK))) == []


def verifying(code: list[w.Unit]) -> k.Kin:
    return k.kin("LHosts;", k.method("LHosts;", "verify", k.PUBLIC, code, VERIFY), interfaces=(HOSTS,))


def test_a_verifier_that_always_says_yes_accepts_any_host() -> None:
    found = seen(transport, verifying([*constant(0, 1), 0x0F]))
    assert found == [("accepts-any-host", "LHosts;", "the answer is always yes")]


@pytest.mark.parametrize(
    "code",
    [
        [*constant(0, 0), 0x0F],
        [*virtual(STRING, "equals", proto("Z", "Ljava/lang/Object;"), 14, 13), 0x0A, 0x0F],
        [*constant(0, 1), 0x38 | 14 << 8, 3, *constant(0, 0), 0x0F],
    ],
    ids=["never", "compares", "now and then"],
)
def test_a_verifier_that_can_refuse_is_none(code: list[w.Unit]) -> None:
    assert kinds(transport, verifying(code)) == []


def setting(field: str) -> k.Kin:
    verifier = w.FieldId("Lorg/apache/http/conn/ssl/SSLSocketFactory;", field, HOSTS)
    code: list[w.Unit] = [0x62, w.Index("field", verifier), *virtual("Ljavax/net/ssl/HttpsURLConnection;",
                          "setHostnameVerifier", proto("V", HOSTS), 1, 0)]  # fmt: skip
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, code))


def test_a_librarys_verifier_that_accepts_all_is_told_by_its_name() -> None:
    assert kinds(transport, setting("ALLOW_ALL_HOSTNAME_VERIFIER")) == ["accepts-any-host"]
    assert kinds(transport, setting("STRICT_HOSTNAME_VERIFIER")) == []


def page(code: list[w.Unit], name: str = "onReceivedSslError") -> k.Kin:
    return k.kin("LPage;", k.method("LPage;", name, k.PUBLIC, code, ERROR), superclass="Landroid/webkit/WebViewClient;")


PROCEED = virtual(HANDLER, "proceed", proto("V"), 14)


def test_a_refused_certificate_that_is_passed_over() -> None:
    assert seen(transport, page(PROCEED)) == [("proceeds-past-certificate-error", "LPage;", "always")]
    asked = [*virtual("LA;", "ask", proto("Z"), 12), 0x0A, 0x38, 5, *PROCEED]
    assert seen(transport, page(asked)) == [
        ("proceeds-past-certificate-error", "LPage;", "under conditions of the code")
    ]


def test_a_refusal_and_a_proceeding_elsewhere_are_near_misses() -> None:
    assert kinds(transport, page(virtual(HANDLER, "cancel", proto("V"), 14))) == []
    assert kinds(transport, page(PROCEED, "onClick")) == []
