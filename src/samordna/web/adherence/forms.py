"""What is typed about following: its shape. What it must hold is the operation's to say."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.adherence.enums import ExperienceTone, FollowingAnswerKind, ReviewOutcome
from samordna.domain.adherence.queries import Duty, Show

WHOLE = ("", _("The decision as a whole"))
ROWS = {"rows": 3}
PARTS = 2
"""So many settled aspects at least make it possible to follow in part."""
NEEDED_BY_SOME = ("by", "actions", "reason")

SHOWS = (
    (Show.ALL, _p("board", "All organisations")),
    (Show.WANTING, _("An answer missing, late or a breach")),
    (Show.SILENT, _p("board", "No answer")),
    (Show.OVERDUE, _p("board", "The day has passed")),
    (Show.BREACH, _p("board", "A breach")),
    (Show.ALREADY_SO, _p("following answer", "Already so")),
    (Show.WILL_CHANGE, _p("following answer", "Will change")),
    (Show.CANNOT, _p("following answer", "Cannot")),
    (Show.WILL_NOT, _p("following answer", "Will not")),
    (Show.EXEMPT, _p("board", "Exempted")),
)
DUTIES = (
    (Duty.ANY, _p("board", "Must or may")),
    (Duty.MUST, _p("board", "Must follow")),
    (Duty.MAY, _p("board", "May follow")),
)


class AnswerForm(forms.Form):
    """One honest answer. Each answer needs its own of the other fields; the page shows only those."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("How do you follow the decision?"),
        choices=FollowingAnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer that is true today.")},
    )
    by = forms.DateField(label=_("Done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    actions = forms.CharField(
        label=_("What you will do"),
        help_text=_("Short and concrete. You will be asked about it when the day has passed."),
        widget=forms.Textarea(attrs=ROWS),
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Say it as it is. The reason helps the next version and shows who can help you."),
        widget=forms.Textarea(attrs=ROWS),
    )
    aspect_ids = forms.MultipleChoiceField(
        label=_("Is it only part of the decision that you do not follow?"),
        help_text=_("Mark that part. Leave all unmarked if you do not follow the decision at all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, settled: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["aspect_ids"].choices = list(settled)  # type: ignore[attr-defined]  # the field above
        if len(settled) < PARTS:
            del self.fields["aspect_ids"]

    def full_clean(self) -> None:
        """Leave it to the operation to say which fields the answer needs; afterwards they are shown as needed again."""
        for name in NEEDED_BY_SOME:
            self.fields[name].required = False
        super().full_clean()
        for name in NEEDED_BY_SOME:
            self.fields[name].required = True


class ExperienceForm(forms.Form):
    """Something learnt."""

    aspect_id = forms.ChoiceField(label=_p("experience", "About"), required=False)
    tone = forms.ChoiceField(label=_("Does it help or hinder?"), choices=ExperienceTone.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What you have learnt"), widget=forms.Textarea(attrs=ROWS))
    effect = forms.CharField(
        label=_("What it means for the individual"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: object, aspects: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["aspect_id"].choices = [WHOLE, *aspects]  # type: ignore[attr-defined]  # it is the ChoiceField above


class ReviewForm(forms.Form):
    """What a review came to."""

    outcome = forms.ChoiceField(
        label=_("What did the review come to?"), choices=ReviewOutcome.choices, widget=forms.RadioSelect
    )
    conclusion = forms.CharField(
        label=_("Why"), help_text=_("Everyone who takes part reads it."), widget=forms.Textarea(attrs=ROWS)
    )
    next_on = forms.DateField(
        label=_("Look again on"),
        required=False,
        help_text=_("Needed when the decision is kept."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RevisionForm(forms.Form):
    """Which experiences the next version is to answer, and why else it is needed."""

    experience_ids = forms.MultipleChoiceField(
        label=_("Experiences that the next version is to answer"), required=False, widget=forms.CheckboxSelectMultiple
    )
    because = forms.CharField(
        label=_("Other reason"),
        required=False,
        help_text=_("Needed when no experience is chosen. It goes into the purpose."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: object, told: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["experience_ids"].choices = list(told)  # type: ignore[attr-defined]  # the field above
        if not told:
            del self.fields["experience_ids"]


class ImprovementForm(forms.Form):
    """Something that the organisation does to follow better."""

    text = forms.CharField(label=_("What you will do"), widget=forms.Textarea(attrs={"rows": 2}))
    by = forms.DateField(label=_("Done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class WordsForm(forms.Form):
    """Some lines about help: what is offered, what is asked for, or what is answered."""

    text = forms.CharField(label=_p("help", "In your own words"), widget=forms.Textarea(attrs={"rows": 2}))


class BoardForm(forms.Form):
    """Which organisations the board shows. What it asks for stands in the address, so that it can be kept and sent."""

    samverkan = forms.ChoiceField(label=_p("menu", "Collaboration"), required=False)
    visa = forms.ChoiceField(label=_p("board", "Show"), required=False, choices=SHOWS)
    plikt = forms.ChoiceField(label=_p("board", "Duty"), required=False, choices=DUTIES)
    omrade = forms.ChoiceField(label=_p("board", "Area"), required=False)
    senast = forms.DateField(
        label=_("Promised by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sok = forms.CharField(label=_p("board", "Organisation"), required=False, max_length=80)

    def __init__(
        self,
        *args: object,
        choices: Sequence[tuple[str, str]],
        areas: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["samverkan"].choices = list(choices)  # type: ignore[attr-defined]  # the field above
        self.fields["omrade"].choices = [("", _p("board", "All areas")), *areas]  # type: ignore[attr-defined]  # likewise
