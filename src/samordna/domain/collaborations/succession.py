"""What of a collaboration is touched when an organisation is succeeded: taking part, leading, mandates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.translation import gettext
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

MANDATE_LEAVING = _(
    "Your organisation lives on, so a reorganisation does not end what it has given. Give notice of the mandate, or take "
    "it back, on the mandate's own page."
)


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
        hidden = row.collaboration.state == CollaborationState.PLANNED
        title, place = ("", "") if hidden else (row.wording[:200], row.collaboration.name)
        yield Touched(kind="mandate", id=row.pk, title=title, place=place, of=row.giver_id, group=group, hidden=hidden)


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


def still_in(path: str) -> Callable[[str, str, date], str]:
    """What an organisation takes over later is asked about first: is the collaboration open, and does it take part?

    `path`: from a collaboration to the things of the kind.
    """

    def ask(thing_id: str, organisation_id: str, on: date) -> str:
        found = Collaboration.objects.filter(**{path: thing_id}).first()
        if found is None or not Collaboration.objects.filter(_open(on), pk=found.pk).exists():
            return gettext("The collaboration is closed, so there is nothing to take over. Let it end.")
        within = Participation.objects.on(on).filter(collaboration=found, organisation_id=organisation_id).exists()
        granted = Mandate.objects.filter(pk=thing_id).exclude(form__in=[MandateForm.OWN, MandateForm.LENT]).exists()
        if within or (granted and found.superior_id == organisation_id):
            return ""
        sentence = gettext("Your organisation does not take part in %(name)s. Join it first, or let this end.")
        return sentence % {"name": found.name}

    return ask


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
        leaving=_(
            "Your organisation lives on, so it does not leave by a reorganisation. It leaves on the page of the "
            "collaboration, with the notice agreed, where leaving is allowed."
        ),
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
        before_taking_over=still_in("mandates"),
        leaving=MANDATE_LEAVING,
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
        leaving=MANDATE_LEAVING,
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
