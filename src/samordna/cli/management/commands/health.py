"""`samordna health`: how the site is doing; exit code 0 when everything is well."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_lazy

from samordna.core import clock
from samordna.domain.site.queries import checks


class Command(BaseCommand):
    """The same as the address for monitoring tells."""

    help = gettext_lazy("Say how the site is doing.")  # type: ignore[assignment]  # Django prints it as text
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks(clock.now())
        for check in found:
            self.stdout.write(f"{'✓' if check.well else '✗'} {check.name}: {check.value}")
        if not all(check.well for check in found):
            sys.exit(1)
