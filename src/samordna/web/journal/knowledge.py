"""What is done with toolboxes, profiles and words, as sentences of the journal (see `phrases`)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KNOWLEDGE: Mapping[str, Promise] = {
    "fact_named": _("named something that conditions may ask about"),
    "profile_written": _("wrote what the organisation is and can do"),
    "service_assured": _("confirmed a service"),
    "service_ended": _("ended a service"),
    "service_handed_over": _("let another role answer for a service"),
    "service_opened": _("put a service in the toolbox"),
    "service_reworded": _("said anew what a service is"),
    "services_imported": _("took in services from a file"),
    "word_explained": _("said what a word means"),
    "word_taken_away": _("took away what a word means"),
}
