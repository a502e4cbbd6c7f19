"""What every worker of a run needs to know."""

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Folders that a worker may read and write, the packages that it loads, and its private memory (RLIMIT_DATA).

    It reads `exhibits`, `facts` (segments of fact tables), `indices` (columns of code) and the `shared` folder of
    `spool`; it writes only into a folder of its own below `spool`, which is its current folder, and there it makes
    files, no folders. A folder that is empty text or not there when the worker starts is not given.
    """

    exhibits: str
    memory_bytes: int
    spool: str
    facts: str = ""
    indices: str = ""
    extensions: tuple[str, ...] = ()
    evidence: str = ""
    """A file or folder outside of the store of exhibits to which links in it lead."""
    parts: tuple[str, ...] = ()
    """Modules and packages whose parts are loaded, and no others; empty for all that the bench has."""
