"""The command line: `samordna <command>` runs our commands, and Django's, with the installation's settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """The script `samordna`. Alone, or with --help, it lists what Samordna itself can do."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
    from samordna.cli.menu import show_menu  # noqa: PLC0415  # app ready: the settings must be named first

    if not arguments or list(arguments) in (["--help"], ["-h"], ["help"]):
        show_menu()
        return
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # slow: not needed for the menu

    execute_from_command_line(["samordna", *arguments])
