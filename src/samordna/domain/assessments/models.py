"""Questionnaires, the waves in which they are answered, what was answered, feedback and thanks.

Concept. In an *anonymous* wave nothing that is kept says who answered what. That somebody has answered (`Answering`, or a
used link) has no time and points at no reply; a reply has no time and no person, and which row of the table it lies in is
drawn by lot each time somebody answers (`operations/replying.py`), so that the order of the rows tells nothing either.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samordna.core.fields import IdField
from samordna.domain.assessments.enums import FeedbackAbout, FeedbackOutcome, Level, QuestionnaireKind
from samordna.domain.assessments.limits import LEAST_TOGETHER
from samordna.domain.collaborations.models import Collaboration
from samordna.domain.decisions.models import Decision
from samordna.domain.matters.models import Matter
from samordna.domain.organisations.models import Holding, Organisation


class Questionnaire(models.Model):
    """A questionnaire that a collaboration uses; what it asks is its latest version's."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="questionnaires")
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionnaireKind.choices)
    title = models.CharField(_("title"), max_length=200)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    weeks_between = models.PositiveSmallIntegerField(_("weeks between waves"), null=True, blank=True)
    next_on = models.DateField(_("next wave opens"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """What a questionnaire asks. Once a wave uses it, it does not change: what is written then is the next version."""

    id = IdField()
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["questionnaire_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="versions_of_a_questionnaire_differ")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} {self.number}"


class Wave(models.Model):
    """A questionnaire asked from one day up to and including another. `role_kinds`: whose roles are asked, all when empty.

    `together`: so many answers are shown together at the least; 1 where each organisation's answers are shown as they are.
    """

    id = IdField()
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="waves")
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="waves")
    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("what the answers are for"), blank=True)
    opens_on = models.DateField(_("opens"))
    closes_on = models.DateField(_("last day to answer"))
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)
    anonymous = models.BooleanField(_("anonymous"), default=True)
    together = models.PositiveSmallIntegerField(_("answers together at the least"), default=LEAST_TOGETHER)
    role_kinds = models.JSONField(_("roles that are asked"), default=list, blank=True)
    ask_level = models.BooleanField(_("ask where in the organisation one works"), default=False)
    opening_told_at = models.DateTimeField(_("told that it opened"), null=True, blank=True)
    closing_told_at = models.DateTimeField(_("told that it closed"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded"), null=True, blank=True)
    planned_at = models.DateTimeField(_("planned"))
    planned_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-opens_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_wave_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(together__gte=LEAST_TOGETHER), name="an_anonymous_wave_shows_no_few"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OutsideGroup(models.Model):
    """Respondents who do not sign in, in a wave: those with one-time links, and those whose paper is entered."""

    id = IdField()
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="groups")
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("group outside")
        verbose_name_plural = _("groups outside")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "name"], name="groups_of_a_wave_differ")]

    def __str__(self) -> str:
        return self.name


class WaveLink(models.Model):
    """A link by which one of a group answers once. Whether it was used is known; when, and what was answered, is not."""

    id = IdField()
    group = models.ForeignKey(OutsideGroup, models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(_("used"), default=False)
    handed = models.BooleanField(_("handed to whoever leads"), default=False)

    class Meta:
        verbose_name = _("link to a wave")
        verbose_name_plural = _("links to waves")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.pk


class WaveRecipient(models.Model):
    """That a link of a wave has gone to an address, so that the next one there protects nobody. Not which link it was."""

    id = IdField()
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="recipients")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recipient of a link")
        verbose_name_plural = _("recipients of links")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "digest"], name="one_recipient_of_a_wave_each")]

    def __str__(self) -> str:
        return self.pk


class Answering(models.Model):
    """That somebody has answered a wave, and nothing more: no time, and nothing that leads to the reply."""

    id = IdField()
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="answerings")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("having answered")
        verbose_name_plural = _("having answered")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "holding"], name="one_answering_of_a_wave_each")]

    def __str__(self) -> str:
        return self.wave_id


class WaveReply(models.Model):
    """What was answered. `holding` only where the wave is not anonymous; a later one replaces the earlier."""

    id = IdField()
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="replies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(OutsideGroup, models.PROTECT, null=True, blank=True, related_name="replies")
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    values = models.JSONField(_("answers"))
    on_paper = models.BooleanField(_("on paper"), default=False)
    handed = models.BooleanField(_("by a link handed to whoever leads"), default=False)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, group__isnull=False)
                | Q(organisation__isnull=False, group__isnull=True),
                name="a_reply_is_of_an_organisation_or_a_group",
            ),
            models.UniqueConstraint(fields=["wave", "holding"], name="one_reply_with_a_name_each"),
        ]

    def __str__(self) -> str:
        return self.wave_id


class WaveDraft(models.Model):
    """What somebody has typed and not sent: read by nobody else, gone when it is sent."""

    id = IdField()
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="drafts")
    holding = models.ForeignKey(Holding, models.PROTECT, related_name="+")
    typed = models.JSONField(_("typed"))

    class Meta:
        verbose_name = _("draft of a reply")
        verbose_name_plural = _("drafts of replies")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "holding"], name="one_draft_of_a_reply_each")]

    def __str__(self) -> str:
        return self.wave_id


class Feedback(models.Model):
    """What a participant thinks of a decision or of the coordination, and what the coordinator did about it."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="feedback")
    about = models.CharField(_("about"), max_length=12, choices=FeedbackAbout.choices)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="feedback")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("feedback"))
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=8, choices=FeedbackOutcome.choices, blank=True)
    answer = models.TextField(_("what was done"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about=FeedbackAbout.DECISION, decision__isnull=False)
                | Q(about=FeedbackAbout.COORDINATION, decision__isnull=True),
                name="feedback_is_about_what_it_says",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="", answer="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="") & ~Q(answer="")),
                name="answered_feedback_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Recognition(models.Model):
    """One organisation thanks another for what it did, tied to what that helped."""

    id = IdField()
    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="recognitions")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("what they did"))
    helped = models.CharField(_("what it helped"), max_length=300)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="recognitions")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="recognitions")
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_thanks_itself"),
        ]

    def __str__(self) -> str:
        return self.helped[:40]
