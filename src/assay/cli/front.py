"""``assay``: the front page of the bench, with every command."""

from importlib.metadata import entry_points

import click

from assay import __version__
from assay.cli.case_commands import intake, report, run
from assay.cli.check import check
from assay.cli.demo import demo
from assay.cli.doctor import doctor
from assay.cli.explain import explain
from assay.cli.flows import flows
from assay.cli.plan import plan
from assay.cli.query import query
from assay.cli.reference import docs
from assay.cli.rules import claims, rules
from assay.cli.verify_witness import verify_witness

EXIT_CODES = (
    "Exit codes: 0 done · 1 done and --fail-on reached · 2 usage · 3 evidence unreadable · "
    "4 rule or claim file wrong · 5 replay, signature or witness mismatch · 6 sandbox not available · "
    "7 done, some evidence unreadable · 130 interrupted"
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


COMMANDS = (
    demo, check, plan, intake, run, explain, query, flows, report, rules, claims, verify_witness, doctor, docs,
)  # fmt: skip

for command in COMMANDS:
    cli.add_command(command)
for found in entry_points(group="assay.commands"):
    # web stands beside this folder and neither knows the other; an extension may bring a command as well
    cli.add_command(found.load())
for command in (cli, *cli.commands.values()):
    # click keeps lines apart after a backspace of their own; a raw docstring writes it as two characters
    command.help = (command.help or "").replace("\\b\n", "\b\n")
