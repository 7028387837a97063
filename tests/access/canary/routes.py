"""Every address of the site, filled in with every placement of the objects it names. An address that cannot be filled in
is an error: a new kind of object must be added here before its page can exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import URLPattern

from samordna.core.models import JournalEntry
from samordna.domain.adherence.models import Experience, HelpOffer, HelpRequest, Improvement, OwnWork
from samordna.domain.admissions.models import AffiliationRule, Identity, Invitation
from samordna.domain.agreements.models import Agreement
from samordna.domain.assessments.models import Feedback, Questionnaire, Wave
from samordna.domain.change.models import Chain
from samordna.domain.collaborations.models import (
    Area,
    Collaboration,
    CollaborationRole,
    Exemption,
    Goal,
    Mandate,
    Participation,
    Party,
    PicturePoint,
)
from samordna.domain.decisions.models import Adoption, Attempt, ConsultationAnswer, DecisionVersion, Proposal
from samordna.domain.followup.models import GoalDraft, GoalGround, Indicator, ResultFile, Round
from samordna.domain.forums.models import CalendarAddress, Meeting, Ownership
from samordna.domain.introductions.models import EarlierTraining, Programme
from samordna.domain.knowledge.models import Meaning, Service
from samordna.domain.matters.models import AnswerLink, Aspect, Condition, Inquiry, Matter, Need, Position
from samordna.domain.notices.models import Notice
from samordna.domain.organisations.models import (
    ApiToken,
    Carried,
    ContactPath,
    ExternalId,
    Holding,
    Organisation,
    Person,
    Role,
    Side,
)
from samordna.domain.reports.models import AnnualReport
from samordna.web.checks import patterns

UNKNOWN = "zzzzzzzzzzzz"
NO_SUCH = {"sequence": "99999999", "number": "9999", "earlier": "9998", "later": "9999"}
MOST = 6
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
FIXED = {"hue": "250", "pk": "1", "key": "x-y", "uidb36": "1"}
FIXED |= {"ticket": "no-such-ticket", "ending": "pdf"}
FIXED |= {"provider_id": "unknown", "guide": "drift"}
FIXED |= {"what": "forutsattningar", "to": "weighing", "how": "lat-bli", "form": "svar.json"}
"""Parameters that name no object of an organisation; the library's pages answer for their own keys."""

Place = dict[str, str]


@dataclass(frozen=True)
class Route:
    """One address pattern."""

    pattern: str
    name: str
    parameters: tuple[str, ...]

    def fill(self, place: Place) -> str:
        path = PARAMETER.sub(lambda found: place[found[1] or found[2]], self.pattern)
        return "/" + path.replace("^", "").replace("$", "").replace("\\", "").replace("?", "")


class Unbuildable(AssertionError):
    """No object of the world fits an address."""


def routes() -> list[Route]:
    """Every address, walked from the resolver."""
    return [_route(path, pattern) for path, pattern in patterns()]


def _route(path: str, pattern: URLPattern) -> Route:
    names = tuple(first or second for first, second in PARAMETER.findall(path))
    return Route(path, str(pattern.name or path), names)


def places() -> list[Place]:
    """Every object of the world with the ids of what it lies in, by the parameters' names."""
    found: list[Place] = []
    for matter in Matter.objects.all():
        found += [_in(matter), _in(matter, kind="matter", object_id=matter.pk)]
        found += [_in(matter, aspect_id=each.pk) for each in Aspect.objects.filter(matter=matter)]
        found += [_in(matter, attempt_id=each.pk) for each in Attempt.objects.filter(matter=matter)]
    for position in Position.objects.select_related("matter").order_by("organisation__name", "matter__title"):
        found.append(_of(position))
    for condition in Condition.objects.select_related("position__matter"):
        found.append(_of(condition.position, condition_id=condition.pk, state=condition.confidence))
    for inquiry in Inquiry.objects.select_related("matter"):
        owner = {"organisation_id": inquiry.organisation_id} if inquiry.organisation_id else {}
        state = "ended" if inquiry.withdrawn_at or inquiry.answered_at else "open"
        found.append(_in(inquiry.matter, inquiry_id=inquiry.pk, state=state, **owner))
    for need in Need.objects.select_related("position__matter"):
        found.append(_of(need.position, need_id=need.pk))
    for link in AnswerLink.objects.select_related("position__matter"):
        found.append(_of(link.position, link_id=link.pk, state="ended" if link.used_at or link.revoked_at else "open"))
    found += _documented()
    found += list(_followed_up())
    found += list(_changed())
    found += list(_met()) + list(_reported())
    found += list(_assessed())
    found += list(_introduced())
    return found + list(_decided()) + list(_agreed()) + list(_organised()) + list(_entered())


def _documented() -> list[Place]:
    """Every document, its versions, the sections of its drafts, and what it rests on."""
    found: list[Place] = []
    for agreement in Agreement.objects.all():
        inside = {"collaboration_id": agreement.collaboration_id, "agreement_id": agreement.pk}
        inside |= {"organisation_id": agreement.organisation_id} if agreement.organisation_id else {}
        for version in agreement.versions.all():
            state = {"state": "sealed" if version.sealed_at else "open"}
            found.append(inside | state | {"draft_id": version.pk, "number": str(version.number)})
            found += [inside | state | {"section_id": each.pk} for each in version.sections.all()[:2]]
        found += [inside | {"ground_id": each.pk} for each in agreement.grounds.all()]
    return found


def _followed_up() -> Iterator[Place]:
    """Drafts of goals, what goals rest on, indicators, results, rounds with their reports, and files."""
    for draft in GoalDraft.objects.all():
        yield {"collaboration_id": draft.collaboration_id, "goal_draft_id": draft.pk}
    for ground in GoalGround.objects.select_related("goal"):
        yield {"collaboration_id": ground.goal.collaboration_id, "goal_id": ground.goal_id, "ground_id": ground.pk}
    for one in Indicator.objects.all():
        inside = {"collaboration_id": one.collaboration_id, "indicator_id": one.pk}
        yield inside
        yield from (inside | {"result_id": r.pk, "organisation_id": r.organisation_id} for r in one.results.all())
    for given in Round.objects.all():
        inside = {"collaboration_id": given.collaboration_id, "round_id": given.pk}
        yield inside
        for report in given.reports.all():
            yield inside | {"report_id": report.pk, "organisation_id": report.organisation_id, "state": report.state}
    for file in ResultFile.objects.all():
        own = {"organisation_id": file.organisation_id} if file.organisation_id else {}
        yield {"collaboration_id": file.collaboration_id, "file_id": file.pk, **own}


def _changed() -> Iterator[Place]:
    """Chains with their causes, change needs and changes."""
    for chain in Chain.objects.order_by("title", "pk"):
        inside = {"collaboration_id": chain.collaboration_id, "chain_id": chain.pk}
        inside |= {"organisation_id": chain.organisation_id} if chain.organisation_id else {}
        yield inside
        for turn in chain.turns.all():
            yield from (inside | {"cause_id": each.pk} for each in turn.causes.all())
            for need in turn.needs.all():
                yield inside | {"change_need_id": need.pk}
                yield from (inside | {"change_need_id": need.pk, "change_id": each.pk} for each in need.changes.all())


def _reported() -> Iterator[Place]:
    """Every annual report and its chapters."""
    for report in AnnualReport.objects.all():
        state = "ended" if report.adopted_at else "open"
        inside = {"collaboration_id": report.collaboration_id, "annual_report_id": report.pk, "state": state}
        yield inside
        yield from (inside | {"chapter_id": each.pk} for each in report.chapters.all()[:2])


def _met() -> Iterator[Place]:
    """Every forum through each of its owners, its seats and its joint days."""
    for owner in Ownership.objects.filter(ended_at__isnull=True).select_related("forum"):
        state = "ended" if owner.forum.closed_on else "open" if owner.accepted_at else "asked"
        inside = {"collaboration_id": owner.collaboration_id, "forum_id": owner.forum_id, "state": state}
        yield inside
        yield from (inside | {"seat_id": seat.pk} for seat in owner.forum.seats.all())
        yield from (inside | {"day_id": day.pk} for day in owner.forum.joint_days.all())
        yield from (inside | {"series_id": each.pk} for each in owner.forum.series.all())
        for question in owner.forum.time_questions.all():
            sought = inside | {"question_id": question.pk}
            yield sought
            yield from (sought | {"option_id": each.pk} for each in question.options.all())
            yield from (sought | {"spot_id": each.pk} for each in question.spots.all())
            yield from (sought | {"asked_id": each.pk} for each in question.asked.all())
        for meeting in owner.forum.meetings.filter(event__isnull=False):
            yield inside | {"event_id": meeting.event.pk}
        for thread in owner.forum.threads.all():
            yield inside | {"thread_id": thread.pk}
            yield from (inside | {"thread_id": thread.pk, "message_id": each.pk} for each in thread.messages.all())
        for meeting in owner.forum.meetings.all():
            yield inside | {"meeting_id": meeting.pk}
            yield from (inside | place for place in _kept(meeting))
        for item in owner.forum.items.all():
            yield inside | {"item_id": item.pk}
            yield from (inside | {"item_id": item.pk, "paper_id": each.pk} for each in item.papers.all())


def _kept(meeting: Meeting) -> Iterator[Place]:
    """What was written, asked and is to be done at a meeting."""
    inside = {"meeting_id": meeting.pk}
    yield from (inside | {"attendance_id": each.pk} for each in meeting.attendances.all())
    yield from (inside | {"point_id": each.pk} for each in meeting.action_points.all())
    for item in meeting.items.all():
        yield inside | {"item_id": item.pk}
        yield from (inside | {"item_id": item.pk, "note_id": each.pk} for each in item.notes.filter(beside=True))
        yield from (inside | {"motion_id": each.pk} for each in item.questions.all())


def _introduced() -> Iterator[Place]:
    """Introduction programmes with their steps, what was done of them, and earlier trainings."""
    for programme in Programme.objects.order_by("name", "pk"):
        whose = {"organisation_id": programme.organisation_id, "collaboration_id": programme.collaboration_id}
        inside = {name: pk for name, pk in whose.items() if pk}
        state = {"state": "open" if programme.published_on else "draft", "programme_id": programme.pk}
        yield inside | state
        for step in programme.steps.all():
            yield inside | state | {"step_id": step.pk}
            for done in step.done.select_related("holding"):
                person = {"holding_id": done.holding_id, "person_id": done.holding.person_id}
                yield inside | state | person | {"step_id": step.pk, "done_id": done.pk}
    for training in EarlierTraining.objects.select_related("holding__role"):
        of = {"organisation_id": training.holding.role.organisation_id}
        yield of | {"training_id": training.pk, "holding_id": training.holding_id}


def _assessed() -> Iterator[Place]:
    """Questionnaires, waves with their groups, and feedback."""
    for questionnaire in Questionnaire.objects.all():
        yield {"collaboration_id": questionnaire.collaboration_id, "questionnaire_id": questionnaire.pk}
    for wave in Wave.objects.order_by("opens_on", "closes_on", "pk"):
        inside = {"collaboration_id": wave.collaboration_id, "wave_id": wave.pk}
        yield inside
        yield from (inside | {"group_id": group.pk} for group in wave.groups.all())
    for feedback in Feedback.objects.all():
        inside = {"collaboration_id": feedback.collaboration_id, "feedback_id": feedback.pk}
        yield inside | {"organisation_id": feedback.organisation_id, "state": "ended" if feedback.answered_at else "open"}


def _entered() -> Iterator[Place]:
    """The latest entry of the journal about each matter, each collaboration, and nothing in particular."""
    latest = JournalEntry.objects.order_by().values("collaboration_id", "matter_id").annotate(latest=Max("sequence"))
    for row in latest:
        inside = {name: row[name] for name in ("collaboration_id", "matter_id") if row[name]}
        yield inside | {"sequence": str(row["latest"])}


def _in(matter: Matter, **more: str) -> Place:
    return {"matter_id": matter.pk, "collaboration_id": matter.collaboration_id, **more}


def _of(position: Position | None, **more: str) -> Place:
    assert position is not None
    own = {"position_id": position.pk, "organisation_id": position.organisation_id}
    return _in(position.matter, **own, **more)


def _decided() -> Iterator[Place]:
    for proposal in Proposal.objects.select_related("matter"):
        state = {"state": "open" if proposal.state == "shared" else proposal.state}
        inside = _in(proposal.matter, proposal_id=proposal.pk, organisation_id=proposal.organisation_id, **state)
        yield inside
        for condition in Condition.objects.filter(matter=proposal.matter)[:2]:
            yield inside | {"condition_id": condition.pk}
    for version in DecisionVersion.objects.select_related("decision__matter"):
        inside = _in(version.decision.matter, decision_id=version.decision_id, version_id=version.pk)
        yield inside | {"number": str(version.number), "earlier": "1", "later": "1"}
        for each in Experience.objects.filter(version=version):
            yield inside | {"experience_id": each.pk, "organisation_id": each.organisation_id}
        yield from (inside | {"improvement_id": each.pk} for each in Improvement.objects.filter(version=version))
        yield from (inside | {"offer_id": each.pk} for each in HelpOffer.objects.filter(version=version))
        yield from (inside | {"request_id": each.pk} for each in HelpRequest.objects.filter(offer__version=version))
        yield from (inside | {"adoption_id": each.pk} for each in Adoption.objects.filter(version=version))
        yield from (inside | {"answer_id": each.pk} for each in ConsultationAnswer.objects.filter(version=version))


def _agreed() -> Iterator[Place]:
    for collaboration in Collaboration.objects.all():
        yield {"collaboration_id": collaboration.pk}
    for part in Participation.objects.all():
        inside = {"collaboration_id": part.collaboration_id, "organisation_id": part.organisation_id}
        yield from (inside | {"area_id": each.pk} for each in Area.objects.filter(collaboration_id=part.collaboration_id))
    for work in OwnWork.objects.select_related("goal"):
        inside = {"collaboration_id": work.goal.collaboration_id, "organisation_id": work.organisation_id}
        yield inside | {"goal_id": work.goal_id, "work_id": work.pk}
    kinds = {"area_id": Area, "party_id": Party, "mandate_id": Mandate, "participation_id": Participation}
    kinds |= {"collaboration_role_id": CollaborationRole}
    kinds |= {"goal_id": Goal, "point_id": PicturePoint}
    yield from ({"collaboration_id": e.party.collaboration_id, "exemption_id": e.pk} for e in Exemption.objects.all())
    for name, model in kinds.items():
        rows: Any = model
        for each in rows.objects.all():
            organisation = getattr(each, "giver_id", None) or getattr(each, "organisation_id", None)
            own = {"organisation_id": organisation} if organisation else {}
            yield {"collaboration_id": each.collaboration_id, name: each.pk, **own}


def _organised() -> Iterator[Place]:
    yield from ({"organisation_id": each.pk} for each in Organisation.objects.all())
    yield from ({"person_id": each.pk} for each in Person.objects.all())
    yield from ({"organisation_id": each.organisation_id, "role_id": each.pk} for each in Role.objects.all())
    for holding in Holding.objects.select_related("role"):
        role = {"organisation_id": holding.role.organisation_id, "role_id": holding.role_id}
        yield role | {"holding_id": holding.pk, "person_id": holding.person_id}
    for rule in AffiliationRule.objects.select_related("role"):
        yield {"rule_id": rule.pk, "role_id": rule.role_id, "organisation_id": rule.role.organisation_id}
    yield from ({"identity_id": each.pk, "person_id": each.person_id} for each in Identity.objects.all())
    for invitation in Invitation.objects.select_related("role"):
        where = {"collaboration_id": invitation.collaboration_id} if invitation.collaboration_id else {}
        where |= {"organisation_id": invitation.role.organisation_id} if invitation.role else {}
        yield where | {"invitation_id": invitation.pk, "state": "ended" if invitation.withdrawn_at else "open"}
    for each in ExternalId.objects.all():
        yield {"organisation_id": each.organisation_id, "external_id": each.pk, "person_id": each.person_id}
    for path in ContactPath.objects.select_related("to_role"):
        yield {"contact_path_id": path.pk, "organisation_id": path.to_role.organisation_id}
    for meaning in Meaning.objects.all():
        owner = {"organisation_id": meaning.organisation_id} if meaning.organisation_id else {}
        yield {"meaning_id": meaning.pk, "collaboration_id": meaning.collaboration_id, **owner}
    for service in Service.objects.select_related("role"):
        yield {"service_id": service.pk, "organisation_id": service.role.organisation_id, "number": "1"}
    whose = ("role__organisation__name", "role__kind", "kind", "about", "at")  # nothing that tests before could have moved
    for notice in Notice.objects.select_related("role").order_by(*whose):
        yield {"notice_id": notice.pk, "organisation_id": notice.role.organisation_id, "person_id": notice.person_id}
    for side in Side.objects.filter(organisation__isnull=False):
        yield {"reorganisation_id": side.reorganisation_id, "organisation_id": str(side.organisation_id), "kind": "host"}
    for row in Carried.objects.all():
        yield {"carried_id": row.pk, "reorganisation_id": row.reorganisation_id, "organisation_id": row.of_id}
    yield from ({"address_id": each.pk, "person_id": each.person_id} for each in CalendarAddress.objects.all())
    for token in ApiToken.objects.select_related("holding__role"):
        state = {"state": "ended" if token.revoked_at else "open"}
        yield {"token_id": token.pk, "holding_id": token.holding_id, "role_id": token.holding.role_id, **state}


def fillings(route: Route, known: list[Place], link_secret: str, most: int = MOST) -> list[Place]:
    """The distinct placements that this address is asked for with: spread over the world, and one that is unknown."""
    if route.name == "answer" or route.parameters[:1] == ("token",):
        return [{"token": link_secret or "no-such-link"} | dict.fromkeys(route.parameters[1:], UNKNOWN)]
    wanted = [name for name in route.parameters if name not in FIXED]
    if not wanted:
        return [FIXED]
    distinct: dict[tuple[str, ...], Place] = {}
    for place in known:
        if set(wanted) <= place.keys():
            distinct.setdefault(tuple(place[name] for name in wanted), place)
    if not distinct:
        raise Unbuildable(f"/{route.pattern} names {wanted}; tell tests/access/canary/routes.py where to find them.")
    chosen = list(distinct.values())
    step = max(1, -(-len(chosen) // most))
    return [FIXED | place for place in [*chosen[::step], {name: NO_SUCH.get(name, UNKNOWN) for name in wanted}]]
