"""Who has been heard in a matter. Silence is a fact of its own and never consent."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.errors import Refused
from samordna.domain.collaborations.models import Participation
from samordna.domain.matters.models import Matter
from samordna.domain.matters.states import UNHEARD


def unheard(matter: Matter, on: date) -> list[str]:
    """Names of the organisations that take part on this day and have neither answered nor been recorded as declining.

    Includes those who joined after the matter was sent out and were never asked. Two database queries.
    """
    running = Participation.objects.on(on).filter(collaboration_id=matter.collaboration_id)
    current = dict(running.values_list("organisation_id", "organisation__name"))
    heard = matter.positions.exclude(state__in=UNHEARD).values_list("organisation_id", flat=True)
    return sorted(name for organisation, name in current.items() if organisation not in set(heard))


def check_everybody_heard(matter: Matter, at: datetime) -> None:
    """Refuse, naming those who are waited for."""
    names = unheard(matter, clock.day(at))
    if names:
        shown = ", ".join(names[:10])
        if len(names) > 10:
            shown = _("%(names)s and %(more)s more") % {"names": shown, "more": len(names) - 10}
        raise Refused(
            _("Waited for: %(names)s. Silence is not consent: wait, remind, or record that they decline, with the reason.")
            % {"names": shown}
        )
