"""What is typed about questionnaires, waves and feedback. Shape only; operations check meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.assessments.content import too_large
from samordna.domain.assessments.enums import FeedbackOutcome, Level, QuestionKind
from samordna.domain.assessments.limits import LEAST_TOGETHER, LONGEST_ANSWER, MOST_BYTES, MOST_TOGETHER
from samordna.domain.assessments.queries.answering import AnswerPage, Asked
from samordna.domain.organisations.enums import RoleKind
from samordna.web.organisations.forms import day_field

Choices = Iterable[tuple[str, str]]


class ReplyForm(forms.Form):
    """A questionnaire's questions as fields. What cannot be used is told by the operation, field by field."""

    def __init__(self, *args: Any, page: AnswerPage, whose: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        if whose:
            self.fields["whose"] = forms.ChoiceField(label=_("Whose answer it is"), choices=[("", "–"), *whose])
        if page.ask_level:
            levels = [(str(one.value), one.label) for one in Level]
            self.fields["level"] = forms.ChoiceField(
                label=_("Where do you work?"), choices=levels, widget=forms.RadioSelect, required=True
            )
        for asked in page.asked:
            self.fields[asked.name] = _field(asked)
        for name, given in page.typed.items():
            if name in self.fields and given:
                several = isinstance(self.fields[name], forms.MultipleChoiceField)
                self.initial[name] = given if several else given[0]

    def first(self) -> Iterator[BoundField]:
        """What is asked before the questions."""
        return (self[name] for name in ("whose", "level") if name in self.fields)

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings."""
        for heading, group in groupby(self.page.asked, key=lambda asked: asked.section):
            yield heading, [self[asked.name] for asked in group]

    def typed(self) -> dict[str, Sequence[str]]:
        """What was sent, as the operation takes it."""
        sent = self.data
        if not isinstance(sent, QueryDict):
            return {}
        return {asked.name: sent.getlist(asked.name) for asked in self.page.asked if asked.name in sent}


def _field(asked: Asked) -> forms.Field:
    shared: dict[str, Any] = {"label": asked.label, "help_text": asked.help, "required": asked.required}
    match asked.kind:
        case QuestionKind.SCALE | QuestionKind.PAIRS:
            return forms.ChoiceField(choices=asked.options, widget=forms.RadioSelect(attrs={"class": "steps"}), **shared)
        case QuestionKind.SINGLE:
            return forms.ChoiceField(choices=asked.options, widget=forms.RadioSelect, **shared)
        case QuestionKind.MULTIPLE:
            return forms.MultipleChoiceField(choices=asked.options, widget=forms.CheckboxSelectMultiple, **shared)
        case QuestionKind.NUMBER:
            return forms.CharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **shared)
        case _:
            return forms.CharField(max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 3}), **shared)


class TitleForm(forms.Form):
    """A questionnaire of one's own."""

    title = forms.CharField(label=_p("field", "Title"), max_length=200)


class FileForm(forms.Form):
    """A questionnaire in a file."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("JSON, as a questionnaire's page gives it. The licence's holder and conditions stand in the file."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
        max_length=160,
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Too large is said before anything is read."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(too_large(upload.size or 0))
        return upload


class QuestionForm(forms.Form):
    """One more question."""

    text = forms.CharField(label=_("Question"), max_length=1_000)
    kind = forms.ChoiceField(label=_("How it is answered"), choices=[], widget=forms.RadioSelect)
    options = forms.CharField(
        label=_p("field", "Alternatives"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line; a scale's from the least to the most."),
    )
    section = forms.CharField(
        label=_p("field", "Heading"), required=False, max_length=200, help_text=_("Empty: under the last one.")
    )
    needed = forms.BooleanField(label=_("Ask both as it is and as it needs to be"), required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label, choices=QuestionKind.choices, widget=forms.RadioSelect
        )


class WaveForm(forms.Form):
    """When a questionnaire is asked, and of whom."""

    title = forms.CharField(label=_p("field", "Title"), max_length=200)
    why = forms.CharField(
        label=_("What the answers are for"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who answer read it. Say when they are told the result, and what is done with it."),
    )
    opens_on = day_field(_p("wave", "Opens"), required=True)
    closes_on = day_field(_("Last day to answer"), required=True)
    anonymous = forms.BooleanField(
        label=_("Anonymous"),
        required=False,
        help_text=_("Otherwise each organisation's answers are shown as its own."),
    )
    together = forms.IntegerField(
        label=_("Fewest answers shown together"),
        min_value=LEAST_TOGETHER,
        max_value=MOST_TOGETHER,
        help_text=_("In an anonymous wave. Groups that could be worked out from others are hidden, too."),
    )
    role_kinds = forms.MultipleChoiceField(
        label=_("Roles that are asked"),
        required=False,
        choices=RoleKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all roles of those who take part."),
    )
    ask_level = forms.BooleanField(label=_("Ask where in the organisation one works"), required=False)


class RhythmForm(forms.Form):
    """How often it is asked."""

    weeks = forms.IntegerField(
        label=_("Weeks between waves"), required=False, min_value=1, max_value=52, help_text=_("Empty: not by itself.")
    )
    first_on = day_field(_("First wave opens"))


class GroupForm(forms.Form):
    """A group that does not sign in."""

    name = forms.CharField(label=_("The group's name"), max_length=120)
    organisation_id = forms.ChoiceField(label=_("Of which participant"), required=False)

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.fields["organisation_id"].label
        choices = [("", _("Of none of them")), *organisations]
        self.fields["organisation_id"] = forms.ChoiceField(label=label, required=False, choices=choices)


class LinksForm(forms.Form):
    """Links for a group."""

    group_id = forms.ChoiceField(label=_p("field", "Group"))
    number = forms.IntegerField(
        label=_("Links to hand out yourself"),
        required=False,
        min_value=0,
        help_text=_(
            "They are shown once. You could answer by them, so the answers do not help each other to be many enough."
        ),
    )
    recipients = forms.CharField(
        label=_("Or send by e-mail to"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One address on each line. Nothing says afterwards which link was whose. "
            "Those to whoever leads count as handed out."
        ),
    )

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group_id"] = forms.ChoiceField(label=self.fields["group_id"].label, choices=list(groups))


class FeedbackForm(forms.Form):
    """What one thinks."""

    decision_id = forms.ChoiceField(label=_("What it is about"), required=False)
    text = forms.CharField(
        label=_("What works, and what should be different?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is shown with your organisation's name."),
    )

    def __init__(self, *args: Any, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("The coordination")), *decisions]
        self.fields["decision_id"] = forms.ChoiceField(
            label=self.fields["decision_id"].label, required=False, choices=choices
        )


class FeedbackAnswerForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=FeedbackOutcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("What was done, or why it stays"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ThanksForm(forms.Form):
    """Thanks to another organisation."""

    organisation_id = forms.ChoiceField(label=_("Whom you thank"))
    text = forms.CharField(label=_("What they did"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    helped = forms.CharField(label=_("What it helped"), max_length=300)
    decision_id = forms.ChoiceField(label=_("A decision that it was about"), required=False)
    matter_id = forms.ChoiceField(label=_("A matter that it was about"), required=False)

    def __init__(self, *args: Any, organisations: Choices, decisions: Choices, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = {"organisation_id": list(organisations)}
        given |= {"decision_id": [("", "–"), *decisions], "matter_id": [("", "–"), *matters]}
        for name, choices in given.items():
            label, required = self.fields[name].label, self.fields[name].required
            self.fields[name] = forms.ChoiceField(label=label, required=required, choices=choices)
