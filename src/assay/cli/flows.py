"""``assay flows``: what code reads of the phone, and where it sends or writes that."""

from collections.abc import Mapping
from pathlib import Path

import click

from assay.cli.options import CASE, JSON
from assay.cli.printing import say
from assay.engine import judging, work
from assay.evidence.case_folder import CaseFolder
from assay.model import text

_ASKED = """
SELECT handset, package, source, source_api, source_place, sink, sink_api, recipient, through, entry, chain, unknowns,
    place, fact, artefact
FROM code_flow ORDER BY ALL
"""


@click.command(short_help="What code reads of the phone, and where it sends that.")
@click.option("--from", "source", default="", metavar="SOURCE", help="Beginning of a source's label; default: any.")
@click.option("--to", "sink", default="", metavar="SINK", help="Beginning of a sink's label; default: any.")
@CASE
@JSON
def flows(source: str, sink: str, case: Path, as_json: bool) -> None:  # noqa: FBT001
    r"""List the flows of a case from SOURCE to SINK, by handset and package.

    Labels are those of the data that says what calls mean: identifier.imei, text.contact …; effect.network, effect.sms,
    effect.store, effect.log …. The words before the dot may be left out: contact, network.

    \b
    assay flows --from identifier --to network case
    assay flows --from contact case
    assay flows --to sms case --json
    """
    folder = CaseFolder.open(case)
    database = judging.database(judging.stated(folder, work.run_record(folder)))
    for row in database.query(_ASKED):
        if _begins(row["source"], source) and _begins(row["sink"], sink):
            say(as_json, row, _line(row))


def _begins(label: object, wanted: str) -> bool:
    """Say whether a label, or what stands behind its first dot, begins with what was asked for."""
    told = str(label)
    return told.startswith(wanted) or told.partition(".")[2].startswith(wanted or told)


def _line(row: Mapping[str, object]) -> str:
    through = "".join(f" > {each}" for each in _texts(row["through"]))
    to = ", ".join(_texts(row["recipient"])) or str(row["sink_api"])
    way = f"{row['place']}, entered by {row['entry'] or 'unknown'}"
    return text.show(f"{row['package']}: {row['source']}{through} > {row['sink']} {to} ({way})")


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else []
