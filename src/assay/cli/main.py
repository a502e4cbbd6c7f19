"""Where the process begins: caches, signals, and what becomes of an error."""

import json
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import click

from assay.engine.cache_home import prepare_kernels
from assay.model.errors import AssayError, ExitCode


def main() -> None:
    """Run the command line and leave with a documented exit code."""
    signal.signal(signal.SIGTERM, _interrupted)
    prepare_kernels()
    from assay.cli.front import cli  # noqa: PLC0415 - numba asks for its cache folder when kernels are imported

    try:
        code: Any = cli.main(standalone_mode=False)
    except AssayError as error:
        _leave(str(error), error.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        _leave(
            "Interrupted: what was acknowledged is kept. Give the same command again to go on.", ExitCode.INTERRUPTED
        )
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.DONE)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _leave(message: str, code: ExitCode) -> NoReturn:
    if "--json" in sys.argv:
        sys.stdout.write(json.dumps({"error": message, "exit_code": int(code)}) + "\n")
    sys.stderr.write(message + "\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
