"""What is done with annual reports, as plain sentences; see `phrases`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REPORTS: Mapping[str, Promise] = {
    "annual_report_adopted": _("adopted an annual report"),
    "annual_report_arranged": _("arranged the chapters of an annual report"),
    "annual_report_begun": _("began an annual report"),
    "annual_report_drawn": _("drew what is known anew into an annual report"),
    "annual_report_withdrawn": _("took a whole away from an adopted annual report"),
    "annual_report_written": _("wrote in an annual report"),
}
