"""`samordna rebuild_index`: go through everything that is searched and correct what the index says of it."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samordna.domain.search.index import rebuild


class Command(BaseCommand):
    """May run while people work; says how many entries were not as they should be."""

    help = gettext_lazy("Go through everything that is searched, and correct the index.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        begun = perf_counter()
        corrected = rebuild()
        self.stdout.write(_("The index is as it should be. Corrected: %(number)d.") % {"number": corrected})
        self.stdout.write(f"corrected: {corrected}")
        self.stdout.write(f"seconds: {perf_counter() - begun:.2f}")
