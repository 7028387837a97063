"""Questionnaires from files and question by question, answers as they are typed, and what is counted: mostly pure."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from samordna.core.errors import Invalid, Refused, TooLarge
from samordna.domain.assessments import operations as do
from samordna.domain.assessments.answers import read, variables
from samordna.domain.assessments.content import as_data, from_data, from_file
from samordna.domain.assessments.limits import MOST_BYTES
from samordna.domain.assessments.models import QuestionnaireVersion, Wave, WaveDraft, WaveReply
from samordna.domain.assessments.queries.lists import questionnaire_file
from samordna.domain.assessments.queries.results import result_page
from samordna.domain.assessments.shipped import SHIPPED
from samordna.domain.assessments.tally import Answered, tally
from samordna.web.assessments.forms import FileForm
from tests.domain.assessments.asking import asked, closed, people, replies
from tests.domain.collaborations.setting import client_of, setting
from tests.web.organisations.test_organisation_pages import queries

LICENSED = {
    "format": "samordna-questionnaire",
    "version": 1,
    "languages": ["sv"],
    "title": {"sv": "Licensierad"},
    "licence": {"holder": "Institutet", "conditions": "Får inte formuleras om."},
    "sections": [
        {
            "key": "s",
            "title": {},
            "questions": [
                {"key": "n", "kind": "number", "text": {"sv": "Hur många?"}},
                {
                    "key": "m",
                    "kind": "multiple",
                    "text": {"sv": "Vilka?"},
                    "options": [{"key": "a", "text": {"sv": "A"}}, {"key": "b", "text": {"sv": "B"}}],
                },
            ],
        }
    ],
}


@pytest.mark.parametrize("key", SHIPPED)
def test_what_is_shipped_is_read_back_as_it_was_in_both_languages(key):
    content = SHIPPED[key].content
    assert from_data(json.loads(json.dumps(as_data(content)))) == content
    asked_for = [question.key for question in content.questions]
    assert len(asked_for) == len(set(asked_for))


def test_every_fault_of_a_file_is_told_with_its_place():
    bad = json.loads(json.dumps(LICENSED)) | {"languages": ["sv", "en"]}
    bad["sections"][0]["questions"][1] |= {"kind": "scale", "key": "n"}
    bad["sections"][0]["questions"][0] |= {"kind": "essay"}
    with pytest.raises(Invalid) as refused:
        from_data(bad)
    lines = refused.value.fields["file"].splitlines()
    places = [line.split(":")[0] for line in lines]
    for place in (
        "title.en",
        "sections[0].questions[0].kind",
        "sections[0].questions[1].key",
        "sections[0].questions[1].options[0].key",
    ):
        assert place in places
    for raw in (b"\xff", b"{", b"[]", b"[" * 100_000, b"9" * 5_000):
        with pytest.raises(Invalid):
            from_file(raw)
    for spoilt in (
        {"title": {"sv": "\ud800"}},
        {"lead": {"\udfff": ""}},
        {"languages": ["sv"] * 2},
        {"languages": [f"a{chr(97 + n)}" for n in range(21)]},
    ):
        with pytest.raises(Invalid) as refused:
            from_data(LICENSED | spoilt)
        assert refused.value.fields["file"].encode()
        assert next(iter(spoilt)) in refused.value.fields["file"]
    form = FileForm({}, {"file": SimpleUploadedFile("a.json", b" " * (MOST_BYTES + 1))})
    assert "file" in form.errors, "before it is read"
    with pytest.raises(TooLarge):
        from_file(b" " * (MOST_BYTES + 1))


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ("format", "languages", "title", "sections", "questions", "key", "kind", "text", "options", "sv")
                ),
                inner,
            )
        ),
    )
)
def test_whatever_stands_in_a_file_is_refused_with_sentences(data):
    with pytest.raises(Invalid):
        from_data(data)


def test_numbers_are_written_in_swedish_and_what_is_wrong_is_told_field_by_field():
    content = from_data(LICENSED)
    assert read(content, {"n": ["1 234,5"], "m": ["b", "a"]}) == {"n": "1234.5", "m": ["a", "b"]}
    assert read(content, {"n": ["\u2212 2 000"]}) == {"n": "-2000"}
    with pytest.raises(Invalid) as refused:
        read(content, {"n": ["många"], "m": ["c"]})
    assert set(refused.value.fields) == {"n", "m"}
    for nothing in ("NaN", "1e999", "Infinity", "1,2,3"):
        with pytest.raises(Invalid):
            read(content, {"n": [nothing]})
    with pytest.raises(Invalid):
        read(content, {})


def test_own_words_and_figures_of_few_are_not_shown():
    content = from_data(LICENSED)
    asked_for = list(variables(content))
    answered = [Answered(cell=("a", "", ""), values={"n": "2", "m": ["a"]}) for _ in range(6)]
    answered += [Answered(cell=("b", "", ""), values={"m": ["b"]}) for _ in range(4)]
    told = tally(asked_for, answered, 5)
    assert (told.figure("n").mean, told.figure("n").n) == (2, 6)
    assert told.figure("m").counts == {"a": 6, "b": 4}
    assert told.figure("m", ("organisation", "a")) is None, "with it, the four would be worked out"
    assert told.figure("n", ("organisation", "a")).n == 6, "only a answered it"


@pytest.mark.django_db
def test_a_version_that_has_been_asked_stays_and_a_licensed_one_is_not_reworded():
    met = setting()
    acting = {"actor": met.coordinator}
    made = do.start_questionnaire(**acting, collaboration_id=met.collaboration.pk, title="Vår egen")
    with pytest.raises(Refused):
        asked(met, made.pk)
    first = do.add_question(
        **acting, questionnaire_id=made.pk, kind="scale", text="Lätt?", options=["Nej", "Ja"], needed=True
    )
    assert do.add_question(**acting, questionnaire_id=made.pk, kind="number", text="Hur många?").number == 1
    with pytest.raises(Invalid):
        do.add_question(**acting, questionnaire_id=made.pk, kind="single", text="Vilken?", options=["En"])
    wave = asked(met, made.pk)
    after = do.remove_question(**acting, questionnaire_id=made.pk, key="q2")
    assert (after.number, len(wave.version.content["sections"][0]["questions"])) == (2, 2)
    assert QuestionnaireVersion.objects.get(pk=first.pk).content["sections"][0]["questions"][1]["key"] == "q2"
    draft = {"q2": ["1\x00 000\ud800"]}
    do.keep_draft(actor=met.manager, wave_id=wave.pk, typed=draft, level="\x00")
    assert WaveDraft.objects.get().typed == {"q2": ["1 000"], "level": [""]}
    with CaptureQueriesContext(connection) as asked_for:
        again = do.add_question(**acting, questionnaire_id=made.pk, kind="scale", text="Svårt?", options=["Nej", "Ja"])
    assert [one["key"] for one in again.content["sections"][0]["questions"]] == ["q1", "q3"], "no version has had it"
    assert not connection.features.has_select_for_update or any("FOR UPDATE" in one["sql"] for one in asked_for)
    replies(wave, met.own, 6, q1=1, q2="7")
    closed(met, wave)
    imported = json.loads(json.dumps(again.content))
    imported["sections"][0]["questions"][1]["key"] = "q2"
    again.content = imported
    again.save()
    Wave.objects.filter(pk=wave.pk).update(opens_on=wave.opens_on - timedelta(days=1))
    later = asked(met, made.pk)
    replies(later, met.own, 6, q1=2, q2=1)
    closed(met, later)
    page = result_page(met.manager, later.pk, wave.planned_at.replace(year=2030))
    assert [one.means for one in page.trend] == [(1, 2), (None, 1)], "a number is no step of a scale"
    taken = do.import_questionnaire(**acting, collaboration_id=met.collaboration.pk, content=json.dumps(LICENSED).encode())
    with pytest.raises(Refused, match="licens"):
        do.add_question(**acting, questionnaire_id=taken.pk, kind="text", text="En till?")
    assert questionnaire_file(met.manager, taken.pk, wave.planned_at)["licence"]["holder"] == "Institutet"
    page = client_of(met.manager).get(f"/enkater/enkat/{taken.pk}/").content.decode()
    assert all(words in page for words in ("Institutet", "Får inte formuleras om."))


@pytest.mark.django_db
def test_organisations_say_how_closely_they_work_and_the_page_costs_the_same_for_three_hundred():
    met = setting()
    made = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key="integration")
    wave = asked(met, made.pk, anonymous=False)
    pair = f"integration.{met.other.pk}"
    said = {pair: ["2"], f"{pair}.needed": ["4"], f"integration.{met.own.pk}": ["5"]}
    do.reply_to_wave(actor=met.manager, wave_id=wave.pk, typed=said)
    do.reply_to_wave(actor=met.manager, wave_id=wave.pk, typed=said | {pair: ["3"]})
    assert WaveReply.objects.get().values == {pair: 3, f"{pair}.needed": 4}, "said again it replaces; never about oneself"
    closed(met, wave)
    reader = client_of(met.other_manager)
    address = f"/enkater/omgang/{wave.pk}/resultat/"
    few = queries(reader, address)
    page = result_page(met.other_manager, wave.pk, wave.planned_at.replace(year=2030))
    row = dict(page.matrices[0].rows)["Havsnäs"]
    assert [one if one is None else (one.now, one.needed) for one in row] == [None, (3, 4)]
    replies(wave, met.other, 300, **{f"integration.{met.own.pk}": 1})
    assert queries(reader, address) == few


@pytest.mark.django_db
def test_the_order_of_anonymous_replies_tells_nothing():
    """Of many waves, the last answer lies last about as often as anywhere else."""
    met = setting()
    made = do.take_questionnaire(actor=met.coordinator, collaboration_id=met.collaboration.pk, key="pulse")
    wave, actors = asked(met, made.pk), people(met.own, 24)
    for number, actor in enumerate(actors):
        do.reply_to_wave(actor=actor, wave_id=wave.pk, typed={"pulse_use": [str(1 + number // 12 * 4)]})
    with CaptureQueriesContext(connection) as written:
        do.reply_to_wave(actor=people(met.own, 1)[0], wave_id=wave.pk, typed={"pulse_use": ["3"]})
    for table in ("wavereply", "answering", "wavelink"):
        whole = [one["sql"] for one in written if f'UPDATE "assessments_{table}"' in one["sql"]]
        assert any(f'"assessments_{table}"."id" = ' not in sql for sql in whole), table
    with_order = WaveReply.objects.raw('SELECT id, "values" FROM assessments_wavereply')
    order = [one.values["pulse_use"] for one in with_order]
    order.remove(3)
    assert sorted(order) == [1] * 12 + [5] * 12
    assert order != sorted(order), "the first twelve answers do not lie first (once in 2.7 million they would)"
