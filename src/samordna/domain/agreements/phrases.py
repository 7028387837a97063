"""Words about documents that more than one place says."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext as _p

from samordna.domain.agreements.enums import DocumentKind
from samordna.domain.agreements.headings import HEADINGS, OWN
from samordna.domain.agreements.life import Untidy


def day(on: date) -> str:
    """A day in words."""
    return date_format(on, "j F Y")


def time_span(start: date | None, end: date | None) -> str:
    """From when, up to when. An end is the first day on which it no longer holds."""
    if start is None:
        return _("not set yet")
    days = {"start": day(start), "end": day(end) if end else ""}
    return (_("from %(start)s up to %(end)s") if end else _("from %(start)s until further notice")) % days


def kind_name(kind: str, organisation: str = "") -> str:
    """The kind in words; an organisation's own routine says so."""
    label = str(DocumentKind(kind).label)
    return (
        _p("kind of document", "%(kind)s of %(organisation)s's own")
        % {
            "kind": label,
            "organisation": organisation,
        }
        if organisation
        else label
    )


def section_title(heading: str, title: str) -> str:
    """What a section is called: its own title, or its heading's."""
    return title if title or heading == OWN else str(HEADINGS[heading].label)


def version_name(number: int, label: str) -> str:
    """A version by its number here and, where it is another, by what it calls itself."""
    if label and label != str(number):
        return _('version %(number)s (calls itself "%(label)s")') % {"number": number, "label": label}
    return _("version %(number)s") % {"number": number}


def untidy_sentence(found: Untidy) -> str:
    """An overlap or a gap, as it is."""
    about = {"earlier": found.earlier, "later": found.later, "start": day(found.start)}
    if found.kind == "gap":
        sentence = _("Nothing held from %(start)s up to %(end)s, between version %(earlier)s and version %(later)s.")
        return sentence % (about | {"end": day(found.end) if found.end else "–"})
    if found.end is None:
        return _("Version %(earlier)s and version %(later)s both hold from %(start)s on.") % about
    sentence = _("Version %(earlier)s and version %(later)s both hold from %(start)s up to %(end)s.")
    return sentence % (about | {"end": day(found.end)})
