"""What `samordna` alone shows: every command of ours with what it is for."""

from __future__ import annotations

from pkgutil import iter_modules

import django
from django.core.management import load_command_class
from django.utils.translation import gettext as _

from samordna.cli.management import commands


def commands_with_purpose() -> dict[str, str]:
    """Our commands by name, each with its own first line of help."""
    names = sorted(module.name for module in iter_modules(commands.__path__))
    return {name: str(load_command_class("samordna.cli", name).help) for name in names}


def show_menu() -> None:
    """Print the list, in the installation's language."""
    django.setup()
    found = commands_with_purpose()
    width = max(map(len, found), default=0)
    print(_("Samordna from the command line: samordna COMMAND"), end="\n\n")
    for name, purpose in found.items():
        print(f"  {name:<{width}}  {purpose}")
    print("\n" + _("More about one of them: samordna COMMAND --help. Django's own commands work here too."))
