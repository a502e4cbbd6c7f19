"""placeholder until verdicts.plan lands"""

import click


@click.command()
def plan() -> None:
    """x"""
