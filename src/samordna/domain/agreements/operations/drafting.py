"""Writing a draft. Two who write at once notice each other: what comes second is not saved over what came first."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, agreement_for, section_for, version_for
from samordna.domain.agreements.document import Document
from samordna.domain.agreements.enums import BindsWhen, DocumentKind
from samordna.domain.agreements.errors import Overtaken
from samordna.domain.agreements.headings import BEGINS_WITH, HEADINGS, OWN
from samordna.domain.agreements.limits import LONGEST_DOCUMENT, LONGEST_SECTION, MOST_SECTIONS, MOST_VERSIONS
from samordna.domain.agreements.models import Agreement, AgreementVersion, Section
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.agreements.prose import tidy, unprintable
from samordna.domain.organisations.findings import Findings
from samordna.domain.organisations.models import Holding


@operation("agreement.draft")
def start_version(*, actor: Actor, agreement_id: str, at: datetime | None = None) -> AgreementVersion:
    """Begin the next version as a draft that says what the latest one says. Raises `Refused` when there is a draft."""
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    Agreement.objects.select_for_update().get(pk=agreement_id)
    versions = agreement.versions.order_by("-number")
    if versions.filter(sealed_at__isnull=True, ended_on__isnull=True).exists():
        raise Refused(_("There is a draft already. Go on writing in it, or withdraw it first."))
    if versions.filter(concluded_at__isnull=True, ended_on__isnull=True).exists():
        raise Refused(_("A version awaits signatures. Wait for them, or withdraw it first."))
    if versions.count() >= MOST_VERSIONS:
        raise TooLarge(_("A document has at most %(most)s versions.") % {"most": MOST_VERSIONS})
    latest = versions.filter(content__isnull=False).first() or versions[0]
    number = versions[0].number + 1
    made = AgreementVersion.objects.create(
        agreement=agreement, number=number, language=latest.language, binds_when=latest.binds_when
    )
    Section.objects.bulk_create(_carried_over(made, latest))
    tell(actor, "agreement_version_started", agreement, at, number=number, after=latest.number)
    return made


def _carried_over(made: AgreementVersion, latest: AgreementVersion) -> list[Section]:
    """The sections of the latest version, empty ones too. One that was taken in has its text, and the kind's headings."""
    rows = [(row.heading, row.title, row.text) for row in latest.sections.order_by("order", "pk")]
    if not rows:
        parts = Document.from_json(latest.content).parts if latest.content else ()
        rows = [(part.heading, part.title if part.heading == OWN else "", part.text) for part in parts]
        rows += [(heading, "", "") for heading in BEGINS_WITH[DocumentKind(made.agreement.kind)]]
    return [
        Section(version=made, order=order, heading=heading, title=title, text=text)
        for order, (heading, title, text) in enumerate(rows, start=1)
    ]


@operation("agreement.draft")
def restate_head(
    *,
    actor: Actor,
    version_id: str,
    revision: int,
    label: str = "",
    diary_number: str = "",
    approver: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    trial: bool = False,
    binds_when: str = BindsWhen.ALL,
    at: datetime | None = None,
) -> AgreementVersion:
    """State a draft's head. `revision` is the one that was read; `Overtaken` when somebody has changed it since."""
    version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    version = AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=version_id)
    must_be_draft(version)
    if version.revision != revision:
        raise Overtaken(_("Somebody else has changed the head meanwhile. Look at what it says now."), "", version.revision)
    found = Findings()
    version.label = found.line("label", label, 24, required=False)
    version.diary_number = found.line("diary_number", diary_number, 60, required=False)
    version.approver = found.line("approver", approver, 200, required=False)
    version.binds_when = found.choice("binds_when", binds_when, BindsWhen.values)
    version.valid_from, version.valid_to, version.trial = valid_from, valid_to, trial
    for field, typed in (("label", label), ("diary_number", diary_number), ("approver", approver)):
        must_be_printable(found, field, typed)
    if valid_from:
        found.span("valid_from", valid_from, "valid_to", valid_to)
    elif valid_to:
        found.say("valid_from", _("Say from when, too."))
    if trial and valid_to is None:
        found.say("valid_to", _("A trial has a last day. Say up to when."))
    found.insist()
    version.revision += 1
    version.save()
    days = {"valid_from": valid_from or "", "valid_to": valid_to or "", "trial": trial}
    tell(actor, "agreement_head_stated", version.agreement, at, number=version.number, **days)
    return version


def must_be_draft(version: AgreementVersion) -> None:
    """Raises `Refused` for what is sealed: what was agreed is never edited."""
    if version.sealed_at is not None:
        raise Refused(_("This version is sealed and is never changed. Begin a new version instead."))
    if version.ended_on is not None:
        raise Refused(_("This draft is withdrawn."))


def must_be_printable(found: Findings, field: str, text: str) -> None:
    """Say so when a text holds a character that may not stand in a document that is signed."""
    if code := unprintable(text):
        found.say(field, _("The text holds the invisible character %(code)s. Type it again without it.") % {"code": code})


@operation("agreement.draft")
def add_section(
    *,
    actor: Actor,
    version_id: str,
    heading: str,
    title: str = "",
    text: str = "",
    after: str = "",
    at: datetime | None = None,
) -> Section:
    """Add a section to a draft, last or after another one (`after`: its id). A heading of the list stands once."""
    version = version_for(actor, version_id, DRAFT, at)
    at = at or clock.now()
    AgreementVersion.objects.select_for_update().get(pk=version_id)
    must_be_draft(version)
    existing = list(version.sections.order_by("order", "pk"))
    if len(existing) >= MOST_SECTIONS:
        raise TooLarge(_("A document has at most %(most)s sections.") % {"most": MOST_SECTIONS})
    found = Findings()
    found.choice("heading", heading, list(HEADINGS))
    if heading != OWN and any(section.heading == heading for section in existing):
        found.say("heading", _("This heading is in the document already."))
    title = found.line("title", title, 120, required=heading == OWN)
    text = _prose(found, text)
    must_be_printable(found, "title", title)
    found.insist()
    made = Section(version=version, heading=heading, title=title, text=text, order=0)
    made.changed_at, made.changed_by = at, _hand(actor)
    made.save(force_insert=True)
    places = [section.pk for section in existing]
    places.insert(places.index(after) + 1 if after in places else len(places), made.pk)
    _order(version, places)
    _must_fit(version)
    tell(actor, "agreement_section_added", version.agreement, at, number=version.number, heading=heading, title=title)
    return made


@operation("agreement.draft")
def write_section(
    *, actor: Actor, section_id: str, revision: int, text: str, title: str = "", at: datetime | None = None
) -> Section:
    """Write a section's prose. `revision` is the one that was read; raises `Overtaken`, with what it says now, when
    somebody else has written since: nothing is lost, and the second one decides with both before its eyes."""
    section_for(actor, section_id, DRAFT, at)
    at = at or clock.now()
    section = Section.objects.select_for_update(of=("self",)).select_related("version__agreement").get(pk=section_id)
    must_be_draft(section.version)
    if section.revision != revision:
        raise Overtaken(
            _("Somebody else has changed this section meanwhile. Compare, and save what it is to say."),
            section.text,
            section.revision,
        )
    found = Findings()
    section.text = _prose(found, text)
    section.title = found.line("title", title, 120, required=section.heading == OWN)
    must_be_printable(found, "title", title)
    found.insist()
    section.revision += 1
    section.changed_at, section.changed_by = at, _hand(actor)
    section.save()
    _must_fit(section.version)
    about = {"heading": section.heading, "title": section.title, "length": len(section.text)}
    tell(actor, "agreement_section_written", section.version.agreement, at, number=section.version.number, **about)
    return section


def _hand(actor: Actor) -> Holding | None:
    """The holding that writes; none when a command does."""
    return Holding.objects.get(pk=actor.holding_id) if actor.holding_id else None


def _prose(found: Findings, text: str) -> str:
    must_be_printable(found, "text", text.replace("\r", ""))
    return tidy(found.text("text", text, required=False, longest=LONGEST_SECTION))


def _must_fit(version: AgreementVersion) -> None:
    length = sum(len(text) for text in version.sections.values_list("text", flat=True))
    if length > LONGEST_DOCUMENT:
        limit = {"most": LONGEST_DOCUMENT, "length": length}
        raise TooLarge(
            _("A document holds at most %(most)s characters; this would make %(length)s. Make an annex.") % limit
        )


@operation("agreement.draft")
def move_section(*, actor: Actor, section_id: str, by: int, at: datetime | None = None) -> Section:
    """Move a section up (negative) or down among the sections of its draft; at the end it stays where it is."""
    section = section_for(actor, section_id, DRAFT, at)
    at = at or clock.now()
    version = (
        AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=section.version_id)
    )
    must_be_draft(version)
    places = list(version.sections.order_by("order", "pk").values_list("pk", flat=True))
    place = places.index(section.pk)
    places.insert(max(0, min(place + by, len(places) - 1)), places.pop(place))
    _order(version, places)
    tell(actor, "agreement_section_moved", version.agreement, at, number=version.number, heading=section.heading, by=by)
    return section


@operation("agreement.draft")
def remove_section(*, actor: Actor, section_id: str, revision: int, at: datetime | None = None) -> AgreementVersion:
    """Take a section out of a draft; what it said goes to the journal. Raises `Overtaken` as `write_section` does."""
    section = section_for(actor, section_id, DRAFT, at)
    at = at or clock.now()
    version = (
        AgreementVersion.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=section.version_id)
    )
    must_be_draft(version)
    if section.revision != revision:
        sentence = _("Somebody else has changed this section meanwhile. Look at what it says now.")
        raise Overtaken(sentence, section.text, section.revision)
    section.delete()
    about = {"heading": section.heading, "title": section.title, "text": section.text}
    tell(actor, "agreement_section_removed", version.agreement, at, number=version.number, **about)
    return version


def _order(version: AgreementVersion, places: list[str]) -> None:
    rows = {section.pk: section for section in version.sections.all()}
    for order, place in enumerate(places, start=1):
        rows[place].order = order
    Section.objects.bulk_update(rows.values(), ["order"])
