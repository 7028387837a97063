"""The door for the HTTP server. It does not open while an address declares no right."""

from __future__ import annotations

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samordna.config.settings")
application = get_wsgi_application()
faults = [str(fault) for fault in run_checks(tags=["samordna"]) if fault.is_serious()]
if faults:
    raise ImproperlyConfigured("\n".join(faults))
