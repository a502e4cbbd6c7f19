"""Transfers: what left, to whom, when, and what came back, as a log recorded it."""

from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from assay.artefacts.har import Har, entry_place
from assay.artefacts.har_entry import HarEntry, HarResponse
from assay.model import text as found
from assay.model.ids import sha256_hex
from assay.model.problem import Problem
from assay.registry import analyser
from assay.vocabulary.traffic import Transfer

_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_CLEARTEXT = frozenset({"http", "ws"})


@analyser(
    question="Which requests left the handset, to whom, when, and what came back?",
    reads=Har,
    emits=Transfer,
    blind_to=(
        "traffic that did not pass the browser or proxy which kept the log",
        "apps that refuse the certificate of a proxy: they may send nothing while they are watched",
        "who sent a request, where the log does not name the app",
    ),
)
def find_transfers(har: Har) -> Iterator[Transfer | Problem]:
    """Yield one transfer for each entry whose URL can be read."""
    for entry in har.entries:
        url = _split(entry.request.url)
        if url is None:
            yield Problem(
                place=entry_place(entry.number),
                what=f"entry {entry.number} has a URL that cannot be read",
                instead="no transfer was noted for it",
                cost="its recipient is unknown",
            )
        else:
            yield _transfer(entry, url)


def _transfer(entry: HarEntry, url: SplitResult) -> Transfer:
    scheme = url.scheme.lower()
    return Transfer(
        place=entry_place(entry.number),
        entry=entry.number,
        started=entry.started,
        day=entry.started[:10],
        method=entry.request.method,
        scheme=scheme,
        host=found.from_str(url.hostname or ""),
        port=url.port or _PORTS.get(scheme),
        path=found.from_str(url.path),
        address=entry.address,
        status=entry.response.status,
        request_bytes=entry.request.size,
        response_bytes=entry.response.size,
        response_sha256=_digest(entry.response),
        mime=entry.response.media.partition(";")[0].strip().lower(),
        cleartext=scheme in _CLEARTEXT,
        evidence="proxy_log",
        app=entry.app,
    )


def _digest(response: HarResponse) -> str:
    return sha256_hex(response.body) if response.recorded else ""


def _split(text: str) -> SplitResult | None:
    """Return the parts of an absolute URL with a host and a port that can be; None for anything else."""
    try:
        url = urlsplit(text)
        usable = url.hostname and url.port != 0
    except ValueError:
        return None
    return url if usable else None
