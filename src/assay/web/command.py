"""``assay serve``: found by the command line through the entry-point group ``assay.commands``."""

import shlex
from importlib.util import find_spec
from pathlib import Path

import click

from assay.model import canonical
from assay.model.errors import UsageError

PACKAGES = ("starlette", "uvicorn")
LOOPBACK = "127.0.0.1"


@click.command(short_help="Serve the report of a case to this machine.")
@click.argument("case", type=click.Path(path_type=Path, file_okay=False), metavar="CASE")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to listen on; 0 is any free one.")
@click.option("--host", default=LOOPBACK, show_default=True, help="Address to listen on; no other is allowed.")
@click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="Look at evidence even where workers cannot be fully closed in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the address as JSON on standard output.")
def serve(case: Path, port: int, host: str, allow_unsandboxed: bool, as_json: bool) -> None:  # noqa: FBT001
    r"""Show the report of a case and explain its ids in a browser on this machine, until Ctrl-C.

    The address that is printed carries a secret of this start: open that one.

    \b
    assay serve case
    assay serve case --port 8765
    assay serve build/demo --json
    """
    _available(host)
    from assay.web.server import Server  # noqa: PLC0415 - needs the extra, which the command line does without

    server = Server.over(case, port, allow_unsandboxed=allow_unsandboxed)
    data = {"url": server.url, "port": server.port}
    click.echo(canonical.line(data).decode("utf-8") if as_json else f"Open       {server.url}")
    if not server.styled:
        click.echo(
            f"The report has the style of another version. Write it anew: assay report {shlex.quote(str(case))}",
            err=True,
        )
    click.echo("Stop with Ctrl-C.", err=True)
    server.run()


def _available(host: str) -> None:
    if host != LOOPBACK:
        raise UsageError(
            f"--host {host}",
            f"only {LOOPBACK} is served: other machines would need TLS and accounts, which this version does not have",
            f"Leave --host out, or reach this machine by a tunnel: ssh -L PORT:{LOOPBACK}:PORT",
        )
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if missing:
        raise UsageError(
            "assay serve",
            f"the extra `web` is not installed ({' and '.join(missing)} missing)",
            "Install it: pip install 'assay[web]', or in a checkout: make web",
        )
