"""Whether a bare name is a host of the network, or the name of a file, a package, a class or a member of an object."""

import re
from functools import cache

from publicsuffixlist import PublicSuffixList

_NAME = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})")
RESERVED = frozenset({"test", "example"})
"""Names that are kept for tests and documents (RFC 2606), taken for hosts as they stand in for some."""
STRONG = frozenset(
    "com net org edu gov mil cn ru de uk jp kr fr tw hk sg br au ca nl se fi dk cz lt lv ee eu us ch at be"
    " it es pt gr tr ua kz vn th ph my ir il mx ar cl nz za ie ro bg hu sk si hr rs".split()
) - {"it", "at", "be", "my", "us", "in"}
"""Top-level names under which a name of two parts is a host; words of languages and code are left out."""
REVERSED = frozenset(
    "com org net edu gov mil io cn ru de jp kr fr uk eu android androidx java javax kotlin kotlinx dalvik sun".split()
)
"""First parts of names of packages."""
SERVICES = re.compile(
    r"(?:www|m|api|app|apis|cdn|static|img|image|images|log|logs|cfg|config|conf|update|ota|push|data|track|stat|stats"
    r"|collect|report|metrics|analytics|ads?|auth|login|account|mail|smtp|imap|pop|ftp|ntp|time|dns|proxy|gateway|upload"
    r"|download|dl|file|files|media|video|search|news|cloud|sync|edge|[a-z]{1,8}[0-9]{1,3}|[a-z0-9]+(?:-[a-z0-9]+)+)"
)
"""First parts of names of hosts, asked for under top-level names that are words or endings of files."""


def is_public_host(text: str) -> bool:
    """Say whether a text is a host under a public suffix or a reserved name, and looks like nothing else."""
    if _NAME.fullmatch(text) is None:
        return False
    first, *_, last = text.split(".")
    if last in RESERVED:
        return first not in REVERSED
    if first in REVERSED and not (
        first not in {"com", "org", "net"} and len(first) == 2 and last in {"com", "net", "org"}
    ):
        return False
    if _suffixes().privatesuffix(text) is None:
        return False
    return last in STRONG or (text.count(".") >= 2 and SERVICES.fullmatch(first) is not None)


@cache
def _suffixes() -> PublicSuffixList:
    """Return the list that comes with its package: read from disk there, nothing is fetched."""
    return PublicSuffixList(accept_unknown=False)
