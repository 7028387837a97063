"""Taking in a history from before: versions as they were, however untidy, shown as what they are and never repaired."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from samordna.core import clock
from samordna.core.actor import Actor
from samordna.core.errors import Refused, TooLarge
from samordna.core.operation import operation
from samordna.domain.agreements.access import DRAFT, agreement_for
from samordna.domain.agreements.document import Document, Part
from samordna.domain.agreements.limits import LONGEST_SECTION, MOST_IMPORTED, MOST_VERSIONS
from samordna.domain.agreements.models import Agreement, AgreementVersion
from samordna.domain.agreements.operations.drafting import must_be_printable
from samordna.domain.agreements.operations.telling import tell
from samordna.domain.agreements.phrases import kind_name, version_name
from samordna.domain.agreements.prose import tidy
from samordna.domain.agreements.queries.drafting import head_of
from samordna.domain.agreements.queries.sources import signers_of
from samordna.domain.organisations.findings import Findings


@operation("agreement.draft")
def take_in_history(
    *,
    actor: Actor,
    agreement_id: str,
    source: str,
    versions: Sequence[Mapping[str, Any]],
    at: datetime | None = None,
) -> list[AgreementVersion]:
    """Take in versions from before, in the order given.

    A version is `{label, diary_number, approver, valid_from, valid_to, note, text}`. Overlaps and gaps are taken in as
    they are; only days in the wrong order within one version are refused. A first draft that nobody has sealed becomes the
    version after these. `source`: where they were found.
    """
    agreement = agreement_for(actor, agreement_id, DRAFT, at)
    at = at or clock.now()
    Agreement.objects.select_for_update().get(pk=agreement_id)
    if actor.holding_id is None:
        raise Refused(_("Somebody who holds a role has to take in a history."))
    if len(versions) > MOST_IMPORTED:
        limit = {"most": MOST_IMPORTED, "count": len(versions)}
        raise TooLarge(_("At most %(most)s versions are taken in at a time; these are %(count)s.") % limit)
    found = Findings()
    source = found.line("source", source, 200)
    if not versions:
        found.say("versions", _("Give at least one version."))
    wrong: list[str] = []
    read = [_read(wrong, place, row) for place, row in enumerate(versions, start=1)]
    if wrong:
        found.say("versions", " ".join(wrong))
    found.insist()
    number = _first_number(agreement, len(read))
    made = [_made(agreement, number + place, row, source, actor, at) for place, row in enumerate(read)]
    days = [[v.valid_from.isoformat() if v.valid_from else "", v.valid_to.isoformat() if v.valid_to else ""] for v in made]
    tell(actor, "agreement_history_taken_in", agreement, at, source=source, versions=days)
    return made


def _read(wrong: list[str], place: int, row: Mapping[str, Any]) -> dict[str, Any]:
    own = Findings()
    read: dict[str, Any] = {
        "label": own.line("label", str(row.get("label") or ""), 24, required=False),
        "diary_number": own.line("diary_number", str(row.get("diary_number") or ""), 60, required=False),
        "approver": own.line("approver", str(row.get("approver") or ""), 200, required=False),
        "note": own.text("note", str(row.get("note") or ""), required=False),
        "text": tidy(own.text("text", str(row.get("text") or ""), required=False, longest=LONGEST_SECTION)),
    }
    for field, text in read.items():
        must_be_printable(own, field, text)
    start, end = _day(row.get("valid_from")), _day(row.get("valid_to"))
    if start is None:
        own.say("valid_from", _("Say from when it held."))
    else:
        own.span("valid_from", start, "valid_to", end)
    if own.fields:
        sentences = " ".join(own.fields.values())
        wrong.append(_("Version %(place)s: %(sentences)s") % {"place": place, "sentences": sentences})
    return read | {"valid_from": start, "valid_to": end}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _first_number(agreement: Agreement, count: int) -> int:
    """The number after the latest; an untouched draft that is alone steps aside, to be the version after these."""
    draft = agreement.versions.filter(sealed_at__isnull=True, ended_on__isnull=True).first()
    latest = agreement.versions.aggregate(latest=Max("number"))["latest"] or 0
    if latest + count > MOST_VERSIONS:
        raise TooLarge(_("A document has at most %(most)s versions.") % {"most": MOST_VERSIONS})
    if draft is None or draft.number != latest:
        return latest + 1
    draft.number = latest + count
    draft.save(update_fields=["number"])
    return latest


def _made(
    agreement: Agreement, number: int, row: dict[str, Any], source: str, actor: Actor, at: datetime
) -> AgreementVersion:
    text, plain = row.pop("text"), row
    made = AgreementVersion(agreement=agreement, number=number, imported_from=source, **plain)
    made.sealed_at, made.sealed_by_id, made.concluded_at = at, actor.holding_id or "", at
    with override(made.language):
        document = Document(
            title=agreement.name,
            kind=kind_name(agreement.kind, agreement.organisation.name if agreement.organisation else ""),
            collaboration=agreement.collaboration.name,
            language=made.language,
            reference=version_name(number, made.label),
            head=head_of(made),
            parts=(Part(heading="own", title=_("As taken in"), text=text),) if text else (),
            signers=signers_of(agreement, clock.day(at)),
        )
    made.content = document.as_json()
    made.save(force_insert=True)
    return made
