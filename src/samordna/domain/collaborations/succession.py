"""What of a collaboration is touched when an organisation is succeeded: taking part, leading, mandates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.collaborations.enums import CollaborationState, MandateForm
from samordna.domain.collaborations.models import (
    Carrying,
    Clause,
    Collaboration,
    Mandate,
    Participation,
    Party,
    PartyNeed,
    PictureMark,
    PicturePoint,
    PurposeConfirmation,
    Sponsorship,
)
from samordna.domain.organisations.carrying import Hand, Kind, Touched, Way, insert_all, register, stays
from samordna.domain.organisations.models import Organisation


def _open(on: date, prefix: str = "") -> Q:
    """Collaborations that have not closed."""
    running = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return running & ~Q(**{f"{prefix}state": CollaborationState.CLOSED})


def _taking_part(on: date) -> Q:
    return Q(left_on__isnull=True) | Q(left_on__gt=on)


def _counting(on: date) -> Q:
    """Mandates that count or are to count: not taken back, not run out, no notice out."""
    running = (Q(valid_to__isnull=True) | Q(valid_to__gt=on)) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return running & Q(revoked_at__isnull=True)


def _own_counting(on: date) -> Q:
    return _counting(on) & ~Q(form=MandateForm.DELEGATED)


def _passed_on(on: date) -> Q:
    return _counting(on) & Q(form=MandateForm.DELEGATED)


def _given(organisation_ids: Sequence[str], on: date) -> Iterable[Touched]:
    """Mandates with the areas that they are over: two are alike when they have the same form over the same areas."""
    rows = Mandate.objects.filter(_own_counting(on), giver_id__in=organisation_ids)
    for row in rows.select_related("collaboration").prefetch_related("clauses").order_by("wording", "pk"):
        areas = "+".join(sorted(clause.area_id for clause in row.clauses.all()))
        group = f"{row.collaboration_id}/{areas}/{row.form}"
        seen = row.collaboration.state != CollaborationState.PLANNED
        title, place = (row.wording[:200], row.collaboration.name) if seen else ("", "")
        yield Touched(kind="mandate", id=row.pk, title=title, place=place, of=row.giver_id, group=group)


def _copy_clauses(hand: Hand) -> None:
    """A mandate that goes on has the clauses that it had."""
    rows = Clause.objects.filter(mandate_id__in=list(hand.new))
    insert_all(
        Clause,
        [
            Clause(
                mandate_id=hand.new[row.mandate_id],
                area_id=row.area_id,
                within_id=row.within_id,
                coordination_decides=row.coordination_decides,
                participants_no_longer_decide=row.participants_no_longer_decide,
                following=row.following,
            )
            for row in rows
        ],
    )


def _rename_parties(hand: Hand) -> None:
    """A voice that had its only organisation's name has its successor's."""
    by_new: dict[str, list[str]] = defaultdict(list)
    for key, to in hand.goes:
        by_new[to].append(key)
    for to, keys in by_new.items():
        name = Organisation.objects.values_list("name", flat=True).get(pk=to)
        parties = Party.objects.filter(participations__in=keys, name=F("participations__organisation__name"))
        Party.objects.filter(pk__in=parties.values("pk")).update(name=name)


def _say_why(ids: Sequence[str], on: date, at: datetime) -> None:
    """An organisation that ceases leaves, whatever the depth."""
    rows = Participation.objects.filter(_taking_part(on), pk__in=ids, joined_on__lt=on)
    rows.update(left_on=on, left_reason=str(_("The organisation was reorganised.")))


register(
    Kind(
        name="participation",
        unseen=("collaboration__state", CollaborationState.PLANNED),
        label=_("Taking part in collaborations"),
        way=Way.PERIOD,
        model=Participation,
        live=_taking_part,
        title=("collaboration__name",),
        place=("party__name",),
        began="joined_on",
        until="left_on",
        group=("collaboration_id",),
        sole=1,
        carry=_rename_parties,
        end_with=_say_why,
    ),
    Kind(
        name="mandate",
        label=_("Mandates given"),
        way=Way.PERIOD,
        model=Mandate,
        path="giver",
        live=_own_counting,
        began="valid_from",
        until="valid_to",
        asks=True,
        alike=lambda thing: thing.group.endswith(f"/{MandateForm.LENT}"),
        gather=_given,
        carry=_copy_clauses,
    ),
    Kind(
        name="delegated",
        unseen=("collaboration__state", CollaborationState.PLANNED),
        label=_("Mandates passed on"),
        way=Way.POINT,
        model=Mandate,
        path="giver",
        live=_passed_on,
        title=("wording",),
        place=("collaboration__name",),
        until="valid_to",
    ),
    Kind(
        name="held_mandate",
        unseen=("collaboration__state", CollaborationState.PLANNED),
        label=_("Mandates held"),
        way=Way.ROLE,
        model=Mandate,
        path="holder_role__organisation",
        live=_counting,
        title=("wording",),
        place=("collaboration__name",),
        endable=False,
    ),
    Kind(
        name="host",
        unseen=("state", CollaborationState.PLANNED),
        label=_("Collaborations hosted"),
        way=Way.POINT,
        model=Collaboration,
        path="host",
        live=_open,
        title=("name",),
        endable=False,
    ),
    Kind(
        name="coordination",
        unseen=("state", CollaborationState.PLANNED),
        label=_("Collaborations coordinated"),
        way=Way.ROLE,
        model=Collaboration,
        path="coordinator_role__organisation",
        live=_open,
        title=("name",),
        place=("coordinator_role__name",),
        endable=False,
    ),
    Kind(
        name="superior",
        unseen=("state", CollaborationState.PLANNED),
        label=_("Collaborations under it"),
        way=Way.POINT,
        model=Collaboration,
        path="superior",
        live=_open,
        title=("name",),
        endable=False,
    ),
    Kind(
        name="party_need",
        unseen=("collaboration__state", CollaborationState.PLANNED),
        label=_("What it needs collaborations for"),
        way=Way.POINT,
        model=PartyNeed,
        live=lambda on: Q(withdrawn_at__isnull=True) & _open(on, "collaboration__"),
        title=("text",),
        place=("collaboration__name",),
        ended="withdrawn_at",
    ),
)
register(
    Kind(
        name="carrying",
        label=_("Roles of collaborations that its roles carry"),
        unseen=("carried__collaboration__state", CollaborationState.PLANNED),
        way=Way.ROLE,
        model=Carrying,
        path="role__organisation",
        live=lambda on: Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        title=("carried__name",),
        place=("carried__collaboration__name",),
        began="valid_from",
        until="valid_to",
    ),
    Kind(
        name="sponsorship",
        label=_("Sponsorships"),
        unseen=("collaboration__state", CollaborationState.PLANNED),
        way=Way.POINT,
        model=Sponsorship,
        live=lambda on: Q(ended_at__isnull=True) & _open(on, "collaboration__"),
        title=("collaboration__name",),
        place=("role__name",),
        group=("collaboration_id",),
        sole=1,
        ended="ended_at",
    ),
    Kind(
        name="sponsor",
        label=_("Roles that are sponsors"),
        unseen=("collaboration__state", CollaborationState.PLANNED),
        way=Way.ROLE,
        model=Sponsorship,
        path="role__organisation",
        live=lambda on: Q(ended_at__isnull=True) & _open(on, "collaboration__"),
        title=("collaboration__name",),
        place=("role__name",),
        ended="ended_at",
    ),
)
stays(PurposeConfirmation, "organisation")
stays(PicturePoint, "organisation")
stays(PictureMark, "organisation")
