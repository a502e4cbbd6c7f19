"""Where the process begins: caches, signals, and what becomes of an error."""

import errno
import io
import json
import os
import signal
import sqlite3
import sys
from types import FrameType
from typing import Any, NoReturn

import click

from assay.engine.cache_home import prepare_kernels
from assay.model.errors import AssayError, ExitCode
from assay.model.text import show

NEXT_STEPS = {
    errno.EACCES: "Give this user the right to it, or name another folder.",
    errno.EPERM: "Give this user the right to it, or name another folder.",
    errno.EROFS: "Name a folder that can be written.",
    errno.ENOSPC: "Make room and give the same command again: it goes on where it stopped.",
    errno.EDQUOT: "Make room and give the same command again: it goes on where it stopped.",
    errno.ENAMETOOLONG: "Name a shorter path.",
    errno.ENOTDIR: "Name a folder.",
    errno.EISDIR: "Name a file.",
}
"""What to do about what this machine, not the bench, refuses, by error number; any other is a fault of ours."""


def main() -> None:
    """Run the command line and leave with a documented exit code."""
    signal.signal(signal.SIGTERM, _interrupted)
    _write_any_character()
    prepare_kernels()
    from assay.cli.front import cli  # noqa: PLC0415 - numba asks for its cache folder when kernels are imported

    try:
        code: Any = cli.main(standalone_mode=False)
    except AssayError as error:
        _leave(str(error), error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        _tell(error.format_message(), ExitCode.USAGE)
        error.show()
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _leave(
            "Interrupted: what was acknowledged is kept. Give the same command again to go on.", ExitCode.INTERRUPTED
        )
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    except OSError as error:
        _leave(_refused(error), ExitCode.USAGE)
    except sqlite3.OperationalError as error:
        _leave(f"state.sqlite: {error}. Make room for the case, and its folder writable.", ExitCode.USAGE)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)


def _write_any_character() -> None:
    """Let a terminal of another encoding show as escapes what it lacks, rather than end the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _refused(error: OSError) -> str:
    """Return the message for a refusal of this machine. Raises: the error itself where it is none."""
    if error.errno not in NEXT_STEPS:
        raise error
    thing = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else "this machine"
    return f"{show(thing)}: {os.strerror(error.errno)}. {NEXT_STEPS[error.errno]}"


def _leave(message: str, code: ExitCode) -> NoReturn:
    _tell(message, code)
    sys.stderr.write(message + "\n")
    sys.exit(code)


def _tell(message: str, code: ExitCode) -> None:
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({"error": message, "exit_code": int(code)}) + "\n")


if __name__ == "__main__":
    main()
