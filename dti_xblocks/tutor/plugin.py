"""What Tutor loads when the plugin is enabled (entry point `tutor.plugin.v1`): the pieces, put into its hooks."""

from __future__ import annotations

import importlib.metadata
import shlex
from collections.abc import Iterator

import click
from tutor import hooks

from . import pieces
from .source import requirement

hooks.Filters.CONFIG_DEFAULTS.add_items(
    [("DTI_REQUIREMENT", requirement(importlib.metadata.distribution("dti-xblocks"))), *pieces.DEFAULTS.items()]
)
hooks.Filters.ENV_TEMPLATE_FILTERS.add_item(("dti_quoted", shlex.quote))
hooks.Filters.ENV_PATCHES.add_items(list(pieces.patches().items()))
hooks.Filters.CLI_DO_INIT_TASKS.add_item(pieces.init())


@click.command("dti-import", help="Import the course Duty to Intervene, which ships in the image, into Studio.")
@click.option("--course", default="", help=f"The key to import it under (default: {pieces.SHIPPED}, or that with its language).")
@click.option("--language", type=click.Choice([*pieces.LANGUAGES]), default="", help="Another language than English: es-419.")
@click.option("--again", is_flag=True, help="Import over a course that is there. What authors changed in it is lost.")
def dti_import(course: str, again: bool, language: str) -> Iterator[pieces.Script]:
    """The scripts of the job."""
    yield from pieces.bring(course, again, language)


@click.command("dti-setup", help="Let a course earn certificates, and offer the blocks to its authors.")
@click.option("--course", default=pieces.SHIPPED, show_default=True, help="The course.")
@click.option("--mode", type=click.Choice(pieces.MODES), default=pieces.MODES[0], show_default=True, help="The course mode.")
@click.option("--move-auditors", is_flag=True, help="Move everybody who audits the course into the mode, for good.")
def dti_setup(course: str, mode: str, move_auditors: bool) -> Iterator[pieces.Script]:
    """The scripts of the job."""
    yield from pieces.setup(course, mode, move_auditors)


@click.command("dti-doctor", help="Check the installation. What is wrong comes with how to mend it.")
@click.option("--course", default="", help="Look at this course, too.")
def dti_doctor(course: str) -> Iterator[pieces.Script]:
    """The scripts of the job."""
    yield from pieces.doctor(course)


hooks.Filters.CLI_DO_COMMANDS.add_items([dti_import, dti_setup, dti_doctor])
