"""Reasons and depths as sentences, in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.collaborations.authority import Decider, Ground, Ruling, missing_clause
from samordna.domain.collaborations.criteria import CriterionResult, Outcome
from samordna.domain.collaborations.depth import Depth, Level, Preset, Verb
from samordna.domain.collaborations.enums import (
    CriterionKind,
    CriterionOperator,
    Direction,
    Duress,
    Following,
    MandateForm,
)
from samordna.domain.collaborations.facts import AuthorityFacts, MandateState
from samordna.domain.collaborations.reason import Reason


@dataclass(frozen=True, slots=True)
class Told:
    """A reason as a sentence, with the sentences it rests on."""

    text: str
    because: tuple[Told, ...] = ()


SENTENCES: Mapping[str, Any] = {
    "coordination_decides": _("Coordination decides on %(area)s for %(organisation)s."),
    "organisation_decides": _("%(organisation)s decides on %(area)s itself."),
    "nobody_yet_decides": _("Nobody alone decides on %(area)s for %(organisation)s: there is a duty to agree."),
    "superior_decides": _("%(superior)s has kept the deciding on %(area)s for %(organisation)s."),
    "outside": _("%(organisation)s does not take part on %(day)s, so nothing in the collaboration binds it."),
    "left": _("%(organisation)s left on %(day)s."),
    "basis_own": _("Each keeps its own mandate: nobody decides over anybody else."),
    "basis_duty_to_agree": _("There is a duty to agree, but nobody has been given the deciding."),
    "basis_lent": _("%(organisation)s has lent its mandate."),
    "basis_granted": _("The mandate is granted from above, by %(superior)s."),
    "basis_delegated": _("The mandate is delegated within the bounds of %(parent)s, which this lies in."),
    "within_frame": _("It lies within what %(parent)s decides on %(within)s."),
    "in_parent": _("This is so in %(parent)s:"),
    "frame_lets_choose": _("%(parent)s lets %(organisation)s choose whether to follow, so it cannot be a must here."),
    "mandate_not_borne": _(
        "%(parent)s has delegated a mandate (%(source)s), but does not decide on %(within)s for %(organisation)s itself, "
        "so it does not count."
    ),
    "no_mandate": _("No mandate over %(area)s has been given for %(organisation)s."),
    "area_beneath": _("%(area)s lies beneath %(above)s."),
    "mandate_ended": _("The collaboration ended on %(day)s, so %(giver)s's mandate (%(source)s) does not count."),
    "mandate_revoked": _("%(giver)s took back its mandate (%(source)s) on %(day)s, so it does not count."),
    "mandate_not_yet": _("%(giver)s's mandate (%(source)s) holds only from %(day)s, so it does not count yet."),
    "mandate_expired": _("%(giver)s's mandate (%(source)s) ended on %(day)s, so it does not count."),
    "mandate_notice_out": _("%(giver)s gave notice of its mandate (%(source)s), which ended on %(day)s."),
    "under_notice": _("%(giver)s has given notice of it: it counts up to %(day)s and not after."),
    "must_follow": _("%(organisation)s must follow a coordinated decision here."),
    "may_follow": _("%(organisation)s may choose not to follow a coordinated decision here."),
    "adopt_first_then_must": _(
        "A coordinated decision binds %(organisation)s only when its own body has adopted it; then it must be followed."
    ),
    "adopt_first_then_may": _(
        "A coordinated decision concerns %(organisation)s only when its own body has adopted it, and may be followed then."
    ),
    "nothing_coordinated_binds": _("No coordinated decision can bind %(organisation)s here."),
    "clause_says_must": _("The clause says: must follow."),
    "clause_says_may": _("The clause says: may follow."),
    "exempted_until": _("%(superior)s has exempted it, and the exemption ends on %(day)s: %(reason)s"),
    "exempted_until_looked_over": _(
        "%(superior)s has exempted it until further notice, to be looked over on %(day)s: %(reason)s"
    ),
    "keeps_deciding": _("%(organisation)s may also decide here on its own."),
    "no_longer_decides": _("%(organisation)s no longer decides here on its own."),
    "missing_participation": _("%(organisation)s does not take part, so coordination cannot decide for it."),
    "missing_from_organisation": _(
        "A clause is missing: for coordination to decide on %(area)s for %(organisation)s, %(organisation)s has to lend a "
        "mandate with a clause over %(area)s. Without it, %(organisation)s's own body has to adopt the decision."
    ),
    "missing_from_either": _(
        "A clause is missing: for coordination to decide on %(area)s for %(organisation)s, %(organisation)s has to lend a "
        "mandate with a clause over %(area)s, or %(superior)s has to grant one. Without it, %(organisation)s's own body "
        "has to adopt the decision."
    ),
    "missing_or_delegated": _(
        "%(parent)s can also delegate the deciding, where it has been given it for %(organisation)s itself."
    ),
    "missing_from_superior": _(
        "A clause is missing: %(superior)s has kept the deciding on %(area)s. %(superior)s has to grant a clause that lets "
        "coordination decide there."
    ),
}

CLAUSES: Mapping[tuple[str, bool], Any] = {
    ("clause", True): _("By %(giver)s's mandate (%(source)s), coordination decides on %(area)s."),
    ("clause", False): _("%(giver)s's mandate (%(source)s) speaks of %(area)s and does not let coordination decide."),
    ("exception", True): _("%(giver)s's mandate (%(source)s) lets coordination decide on %(area)s."),
    ("exception", False): _("%(giver)s's mandate (%(source)s) takes out %(area)s: coordination does not decide there."),
    ("stands_back", True): _(
        "%(giver)s's mandate (%(source)s) over %(area)s also lets coordination decide, but stands back for the one above."
    ),
    ("stands_back", False): _("%(giver)s's mandate (%(source)s) over %(area)s stands back for the one above."),
}

DEPTHS: Mapping[tuple[Verb, Duress], Any] = {
    (Verb.JOIN, Duress.MAY): _("%(level)s lets %(organisation)s leave if it wants."),
    (Verb.JOIN, Duress.IF_IN): _("%(level)s lets %(organisation)s leave; while it is in, it takes part fully."),
    (Verb.JOIN, Duress.MUST): _("%(level)s does not let %(organisation)s leave."),
    (Verb.CONTRIBUTE, Duress.MAY): _("%(level)s lets %(organisation)s contribute if it wants."),
    (Verb.CONTRIBUTE, Duress.IF_IN): _("%(level)s says that %(organisation)s must contribute while it is in."),
    (Verb.CONTRIBUTE, Duress.MUST): _("%(level)s says that %(organisation)s must contribute."),
    (Verb.FOLLOW, Duress.MAY): _("%(level)s lets %(organisation)s follow if it wants."),
    (Verb.FOLLOW, Duress.IF_IN): _("%(level)s says that %(organisation)s must follow, in full, while it is in."),
    (Verb.FOLLOW, Duress.MUST): _("%(level)s says that %(organisation)s must follow."),
}

LEVELS: Mapping[Level, Any] = {
    Level.COLLABORATION: _p("depth level", "The collaboration's depth"),
    Level.PARTY: _p("depth level", "The party's depth"),
    Level.MATTER: _p("depth level", "The matter's depth"),
    Level.EXEMPTION: _p("depth level", "The exemption"),
}

PRESETS: Mapping[Preset, Any] = {
    Preset.VOLUNTARY: _p("depth", "Voluntary"),
    Preset.CONDITIONAL: _p("depth", "Conditional"),
    Preset.MANDATORY: _p("depth", "Mandatory"),
}

PRESET_MEANINGS: Mapping[Preset, Any] = {
    Preset.VOLUNTARY: _("Join if you want, contribute if you want, follow if you want."),
    Preset.CONDITIONAL: _("Whoever wants to be in must follow, in full, and must contribute. Leaving is allowed."),
    Preset.MANDATORY: _("You must take part, you must contribute and you must follow. Leaving is not allowed."),
}

FORM_MEANINGS: Mapping[MandateForm, Any] = {
    MandateForm.OWN: _("Nobody decides over anybody else. What is agreed binds each one that has adopted it."),
    MandateForm.DUTY_TO_AGREE: _("A result has to come about, but nobody alone decides it. Each one adopts it."),
    MandateForm.LENT: _("A participant hands over some of its mandate, and can take it back at any time."),
    MandateForm.GRANTED: _(
        "The organisation above all participants gives the mandate. Its wording decides how far it goes."
    ),
    MandateForm.DELEGATED: _(
        "The collaboration that this one lies in passes on some of what it decides. It never reaches further than there."
    ),
}

DECIDERS: Mapping[Decider, Any] = {
    Decider.ORGANISATION: _p("who decides", "The organisation itself"),
    Decider.COORDINATION: _p("who decides", "Coordination"),
    Decider.NOBODY_YET: _p("who decides", "Nobody yet"),
    Decider.SUPERIOR: _p("who decides", "The superior"),
}

GROUNDS: Mapping[Ground, Any] = {
    Ground.OUTSIDE: _p("ground", "Does not take part"),
    Ground.OWN: _p("ground", "Own mandate"),
    Ground.DUTY_TO_AGREE: _p("ground", "Duty to agree"),
    Ground.LENT: _p("ground", "Lent mandate"),
    Ground.GRANTED: _p("ground", "Granted mandate"),
    Ground.DELEGATED: _p("ground", "Delegated mandate"),
}

MANDATE_STATES: Mapping[MandateState, Any] = {
    MandateState.IN_FORCE: _p("mandate state", "In force"),
    MandateState.REVOKED: _p("mandate state", "Taken back"),
    MandateState.NOT_YET: _p("mandate state", "Not yet in force"),
    MandateState.NOTICE_OUT: _p("mandate state", "Ended by notice"),
    MandateState.EXPIRED: _p("mandate state", "Ended"),
    MandateState.ENDED: _p("mandate state", "The collaboration has ended"),
    MandateState.NOT_BORNE: _p("mandate state", "Not borne by what it comes from"),
}

CRITERIA: Mapping[tuple[CriterionKind, CriterionOperator], Any] = {
    (CriterionKind.INCLUDES, CriterionOperator.IS): _("Includes those whose %(subject)s is %(value)s."),
    (CriterionKind.INCLUDES, CriterionOperator.IS_NOT): _("Includes those whose %(subject)s is not %(value)s."),
    (CriterionKind.INCLUDES, CriterionOperator.AT_LEAST): _("Includes those whose %(subject)s is at least %(value)s."),
    (CriterionKind.INCLUDES, CriterionOperator.AT_MOST): _("Includes those whose %(subject)s is at most %(value)s."),
    (CriterionKind.EXCLUDES, CriterionOperator.IS): _("Leaves out those whose %(subject)s is %(value)s."),
    (CriterionKind.EXCLUDES, CriterionOperator.IS_NOT): _("Leaves out those whose %(subject)s is not %(value)s."),
    (CriterionKind.EXCLUDES, CriterionOperator.AT_LEAST): _("Leaves out those whose %(subject)s is at least %(value)s."),
    (CriterionKind.EXCLUDES, CriterionOperator.AT_MOST): _("Leaves out those whose %(subject)s is at most %(value)s."),
}

OUTCOMES: Mapping[Outcome, Any] = {
    Outcome.HOLDS: _("The case has %(stated)s: this is so."),
    Outcome.FAILS: _("The case has %(stated)s: this is not so."),
    Outcome.UNSTATED: _("The case does not say."),
    Outcome.NOT_A_NUMBER: _("The case has %(stated)s, which is not a number."),
}


AIMS: Mapping[str, Any] = {
    Direction.UP: _("From %(baseline)s up to %(target)s %(unit)s by %(day)s."),
    Direction.DOWN: _("From %(baseline)s down to %(target)s %(unit)s by %(day)s."),
    Direction.KEEP: _("Stays at %(baseline)s %(unit)s until %(day)s."),
}


def aim_sentence(direction: str, baseline: Decimal, target: Decimal, unit: str, target_on: date) -> str:
    """A goal's figures, read aloud in the reader's way of writing numbers and days."""
    figures = {"baseline": figure(baseline), "target": figure(target), "unit": unit}
    return str(AIMS[Direction(direction)] % (figures | {"day": date_format(target_on, "j F Y")}))


def figure(level: Decimal) -> str:
    """A figure without decimals that say nothing."""
    whole = level.quantize(Decimal(1)) if level == level.to_integral() else level.normalize()
    return number_format(whole, use_l10n=True, force_grouping=True)


def criterion_sentence(kind: str, subject: str, operator: str, value: str) -> str:
    """One bound of a target group, read aloud."""
    facts = {"subject": subject, "value": value}
    return str(CRITERIA[CriterionKind(kind), CriterionOperator(operator)] % facts)


def result_sentences(result: CriterionResult) -> tuple[str, str]:
    """A criterion, and what the case says of it."""
    bound = result.criterion
    said = str(OUTCOMES[result.outcome] % {"stated": result.stated})
    return criterion_sentence(bound.kind, bound.subject, bound.operator, bound.value), said


def sentence(reason: Reason) -> str:
    """One reason as one sentence. Raises `KeyError` for a kind that has none."""
    facts = {name: _said(value) for name, value in reason.facts.items()}
    if reason.kind.startswith("depth_"):
        verb, value = Verb(reason.kind.removeprefix("depth_")), Duress(reason.facts["value"])
        return str(DEPTHS[verb, value] % (facts | {"level": LEVELS[Level(reason.facts["level"])]}))
    if "decides" in reason.facts:
        return str(CLAUSES[reason.kind, reason.facts["decides"]] % facts)
    return str(SENTENCES[reason.kind] % facts)


def _said(value: Any) -> Any:
    return date_format(value, "j F Y") if isinstance(value, date) else value


def told(reason: Reason) -> Told:
    """The whole tree as sentences."""
    return Told(text=sentence(reason), because=tuple(told(part) for part in reason.because))


def missing_clause_sentence(given: Ruling, facts: AuthorityFacts) -> str:
    """The clause that coordination lacks, named with the one who could give it; "" when it lacks none."""
    lacking = missing_clause(given, facts)
    return " ".join(sentence(each) for each in (lacking, *lacking.because)) if lacking else ""


def following_label(given: Ruling) -> str:
    """Must or may the organisation follow, in a few words."""
    if given.following is not None:
        return str(FOLLOWINGS[given.following])
    if given.following_once_adopted is None:
        return str(_p("binding", "not bound"))
    return str(ONCE_ADOPTED[given.following_once_adopted])


FOLLOWINGS: Mapping[Following, Any] = {
    Following.MUST: _p("binding", "must follow"),
    Following.MAY: _p("binding", "may follow"),
}

ONCE_ADOPTED: Mapping[Following, Any] = {
    Following.MUST: _p("binding", "must follow once it has adopted"),
    Following.MAY: _p("binding", "may follow once it has adopted"),
}


def exempted_words(ends_on: date | None, review_on: date | None) -> str:
    """Until when an exemption runs, in a few words."""
    if ends_on is not None:
        return str(_("exempted until %(day)s") % {"day": date_format(ends_on, "j F Y")})
    looked_over = date_format(review_on, "j F Y") if review_on else ""
    return str(_("exempted until further notice, looked over %(day)s") % {"day": looked_over})


def depth_label(depth: Depth) -> str:
    """The depth's name, or its three verbs when it is a mixture."""
    if depth.preset is not None:
        return str(PRESETS[depth.preset])
    return str(
        _("join: %(join)s, contribute: %(contribute)s, follow: %(follow)s")
        % {"join": depth.join.label, "contribute": depth.contribute.label, "follow": depth.follow.label}
    )


SPONSOR_STATES: Mapping[str, Any] = {
    "active": _p("sponsor", "In place"),
    "none": _p("sponsor", "None named"),
    "vacant": _p("sponsor", "The role is vacant"),
    "ended": _p("sponsor", "The role has ended"),
}
"""What is said of a sponsor."""
