"""`samordna decide FILE` and `samordna export_matter ID`: what is printed, and the exit code that tells what came of it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from samordna.cli.deciding.faults import SENTENCES
from samordna.domain.decisions import workers
from samordna_engine.documents import read_answer, read_outcome, read_problem
from samordna_engine.errors import MESSAGES
from tests.domain.decisions import world as w

EXAMPLES = Path(__file__).parents[2] / "engine" / "examples"


def decide(file: Path | str, *flags: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("decide", str(file), *flags, stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, out.getvalue()


def unusable(tmp_path: Path, text: str) -> str:
    file = tmp_path / "matter.json"
    file.write_text(text)
    with pytest.raises(CommandError) as refused:
        decide(file, "--language", "en")
    assert refused.value.returncode == 2
    return str(refused.value)


def test_a_settled_matter_is_printed_with_reasons_and_balance():
    code, text = decide(EXAMPLES / "betalningsansvar.json", "--language", "en")
    assert code == 0
    assert "Fria dagar                 3 dagar" in text
    assert "Övergång: i steg under 12 månader instead of ingen." in text
    assert "Holmö kommun: If dagar som räknas is kalenderdagar then övergång is at least" in text
    assert "Worth it for the whole, but worse off than alone: Holmö kommun." in text


def test_a_clash_names_its_owners_and_the_ways_out():
    code, text = decide(EXAMPLES / "betalningsansvar-krock.json", "--language", "en")
    assert code == 3
    assert "Owners: Fjärdslands IT-enhet, Region Fjärdsland." in text
    assert "350 tusen kronor per år: relax “Start is den 1 januari” (Region Fjärdsland)." in text


def test_what_is_not_worth_it_has_its_own_exit_code():
    code, text = decide(EXAMPLES / "helgjour-avsta.json", "--language", "en")
    assert code == 5
    assert "Let it be" in text


def test_what_is_not_finished_says_so(settings):
    settings.SOLVE_SECONDS = 0.0
    code, text = decide(EXAMPLES / "betalningsansvar.json", "--language", "en")
    assert code == 4
    assert "Not finished: the time ran out" in text


@pytest.mark.engine_process
def test_an_engine_that_falls_over_is_no_answer(monkeypatch):
    workers.stop()
    monkeypatch.setattr(workers, "command", lambda: ["false"])
    code, text = decide(EXAMPLES / "betalningsansvar.json", "--language", "en")
    workers.stop()
    assert code == 1
    assert "stopped without an answer" in text


@pytest.mark.engine_process
@pytest.mark.parametrize("name", ["betalningsansvar", "betalningsansvar-krock"])
def test_the_json_is_an_outcome_document(name):
    _code, text = decide(EXAMPLES / f"{name}.json", "--json")
    assert read_outcome(text)


def test_every_fault_has_its_line_and_field(tmp_path):
    document = json.loads((EXAMPLES / "betalningsansvar.json").read_text())
    document["aspects"][0]["sharing"] = "mostly"
    document["conditions"][0]["reason"] = ""
    said = unusable(tmp_path, json.dumps(document, indent=1, ensure_ascii=False)).splitlines()
    assert len(said) == 2
    assert said[0].startswith("Line ")
    assert "aspects[0].sharing: “mostly” is not one of: common, framed, local." in said[0]
    assert "conditions[0].reason: this must say something." in said[1]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "other", "version": 1}', "\x00", '{"a": NaN}'])
def test_what_is_no_document_is_refused_with_a_sentence(tmp_path, text):
    assert unusable(tmp_path, text).startswith("Line 1")


def test_a_file_that_is_not_there_is_said_so():
    with pytest.raises(CommandError, match="cannot be read"):
        decide("/nowhere/matter.json", "--language", "en")


def test_a_matter_beyond_the_limits_is_refused_with_the_limit(tmp_path):
    document = json.loads((EXAMPLES / "helgjour-avsta.json").read_text())
    first = document["aspects"][0]
    document["aspects"] += [first | {"id": f"a{n}"} for n in range(40)]
    assert "at most 40 aspects in a matter; this matter has 42" in unusable(tmp_path, json.dumps(document))


def test_every_fault_of_the_engine_has_a_sentence():
    assert set(SENTENCES) == set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_the_sentence_uses_the_facts_of_its_fault(code):
    facts = {part.split("}")[0].split("!")[0] for part in MESSAGES[code].split("{")[1:]}
    assert str(SENTENCES[code]) % dict.fromkeys(facts, "x")


def test_a_matter_goes_through_the_command_line(db, tmp_path):
    world = w.build()
    out = StringIO()
    call_command("export_matter", world.matter.pk, stdout=out)
    assert read_problem(out.getvalue()).id == world.matter.pk
    file = tmp_path / "matter.json"
    file.write_text(out.getvalue())
    code, text = decide(file, "--language", "en")
    assert code == 0
    assert "Free days   3" in text


def test_a_matter_that_is_not_there_is_said_so(db):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("export_matter", "nowhere")


def test_it_speaks_swedish_unless_told_otherwise():
    _code, text = decide(EXAMPLES / "helgjour-avsta.json")
    assert "Låt bli: att samordna kostar mer än det ger" in text


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("who", "3 deltagare vinner på att vara med: tillsammans 3 510 tusen kronor per år."),
        ("who", "Ankarviks kommun. Förutsättningarna tillåter inte att den följer ramen."),
        ("variants", "– IT-stöd: Vårdbryggan (Ankarviks kommun)"),
        ("worst-off", "Bäst för den som har det sämst: Holmö kommun, med nettot −50 tusen kronor per år."),
        ("shares", "Exakt: alla tänkbara grupper har gåtts igenom"),
    ],
)
def test_other_readings_are_answered_in_plain_swedish(ask, said):
    code, text = decide(EXAMPLES / "betalningsansvar.json", "--ask", ask)
    assert code == 0
    assert said in text


@pytest.mark.parametrize("ask", ["who", "variants", "worst-off", "shares"])
def test_other_readings_are_answer_documents(ask):
    _code, text = decide(EXAMPLES / "betalningsansvar.json", "--ask", ask, "--json")
    assert read_answer(text)


def bounded(tmp_path: Path, limit: int) -> Path:
    document = json.loads((EXAMPLES / "betalningsansvar.json").read_text())
    document["joint"] = [{"id": "j", "kind": "budget", "limit": limit, "reason": "Mer finns inte."}]
    file = tmp_path / "matter.json"
    file.write_text(json.dumps(document))
    return file


def test_a_budget_for_all_is_kept_and_told_without_being_asked_for(tmp_path):
    code, text = decide(bounded(tmp_path, 10_000))
    assert code == 0
    assert "Samordningen: alla kostnader är tillsammans högst 10 000 tusen kronor per år. Skäl: Mer finns inte." in text
    assert "av 10 000." in text


def test_a_budget_that_cannot_be_kept_is_a_clash_with_its_owners(tmp_path):
    code, text = decide(bounded(tmp_path, -10_000))
    assert code == 3
    assert "Omöjligt: allt detta går inte att hålla." in text
    assert "Ägare: " in text


def test_a_question_that_counts_variants_is_read_so(tmp_path):
    document = json.loads((EXAMPLES / "betalningsansvar.json").read_text()) | {"likeness": "variants"}
    file = tmp_path / "matter.json"
    file.write_text(json.dumps(document))
    code, text = decide(file)
    assert code == 0
    assert "3 alternativ utöver ett per aspekt måste hållas i gång." in text


def test_who_takes_part_where_nobody_gains_is_let_it_be():
    code, text = decide(EXAMPLES / "helgjour-avsta.json", "--ask", "who")
    assert code == 5
    assert text.count("Låt bli") == 1
