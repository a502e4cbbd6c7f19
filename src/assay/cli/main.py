"""``assay``: the front page of the bench."""

import json
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import click

from assay import __version__
from assay.cli.case_commands import intake, report, run
from assay.cli.check import check
from assay.cli.demo import demo
from assay.cli.doctor import doctor
from assay.cli.explain import explain
from assay.cli.plan import plan
from assay.cli.query import query
from assay.cli.reference import docs
from assay.cli.rules import claims, rules
from assay.model.errors import AssayError, ExitCode

EXIT_CODES = (
    "Exit codes: 0 done · 1 done and --fail-on reached · 2 usage · 3 evidence unreadable · "
    "4 rule or claim file wrong · 5 replay or signature mismatch · 6 sandbox not available · 7 done, some evidence unreadable · 130 interrupted"
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, "--version", prog_name="assay")
def cli() -> None:
    r"""Examine evidence of smartphones and say which claims about them stand.

    \b
    assay demo                                   three invented handsets, start to report
    assay check phone/ -o case                   intake, examination and report in one go
    assay explain case w-0123456789abcdef        from a finding down to the bytes
    """


for command in (demo, check, plan, intake, run, explain, query, report, rules, claims, doctor, docs):
    cli.add_command(command)
for command in (cli, *cli.commands.values()):
    # click keeps lines apart after a backspace of their own; a raw docstring writes it as two characters
    command.help = (command.help or "").replace("\\b\n", "\b\n")


def main() -> None:
    """Run the command line and leave with a documented exit code."""
    signal.signal(signal.SIGTERM, _interrupted)
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
