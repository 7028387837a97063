"""One request, one answer, in a process with bounds."""

import io
import json
import subprocess
import sys

import pytest

from examples import example
from families import family
from samordna_engine import Clash, Settled, settle
from samordna_engine.answering import answer
from samordna_engine.clash import clashes
from samordna_engine.detail import detail
from samordna_engine.documents import answer_of, answer_plain, outcome_of, outcome_plain, problem_plain
from samordna_engine.documents.plain import plain
from samordna_engine.pricing import condition_prices
from samordna_engine.takes_part import who_takes_part
from samordna_engine.tradeoff import frontier
from samordna_engine.transfers import shapley_shares
from samordna_engine.views import seen_by
from samordna_engine.worker import answer_within_bounds, read_frame, write_frame

HEAD = {"format": "samordna-outcome", "version": 1}


def framed(request):
    stream = io.BytesIO()
    write_frame(stream, request)
    return stream.getvalue()


def ask(request, *arguments):
    command = [sys.executable, "-m", "samordna_engine.worker", *arguments]
    done = subprocess.run(command, input=framed(request), capture_output=True, check=True)
    assert done.stderr == b""
    return json.loads(read_frame(io.BytesIO(done.stdout)))


def request(name, **more):
    return {"problem": problem_plain(example(name)), **more}


def test_worker_answers_like_the_library():
    told = ask(request("betalningsansvar", do="settle", seconds=20), "--memory", "800", "--cpu", "20")
    assert outcome_of(told["outcome"]) == settle(example("betalningsansvar"))


def test_worker_that_runs_out_of_memory_says_so():
    told = ask({"do": "settle", "problem": problem_plain(family(40, 20, 0))}, "--memory", "1")
    assert told["outcome"] == {**HEAD, "kind": "unfinished", "stopped_by": "memory", "limit": "1 MB"}


def test_worker_that_runs_out_of_processor_time_says_so():
    told = ask({"do": "settle", "problem": problem_plain(family(6000, 20, 0))}, "--cpu", "1")
    assert (told["outcome"]["kind"], told["outcome"]["stopped_by"]) == ("unfinished", "time")
    assert told["outcome"]["limit"] == "1 s of processor time"


def test_every_kind_of_request_is_answered():
    problem = example("betalningsansvar")
    settled = settle(problem)
    assert isinstance(settled, Settled)
    hand = {"frame": dict(settled.proposal.frame), "own": settled.proposal.own()}
    assert answer(request("betalningsansvar", do="check", **hand)) == {"violations": []}
    hand["frame"]["fria-dagar"] = "2"
    told = answer(request("betalningsansvar", do="check", **hand))
    assert [violation["condition"] for violation in told["violations"]] == ["farja-holmo"]
    told = answer(request("betalningsansvar", do="assess", **hand))
    assert told["proposal"]["frame"]["fria-dagar"] == "2"
    told = answer(request("betalningsansvar", do="why_not", aspect="belopp", option="eget"))
    assert told["price"] == plain(settled.option_prices["belopp"]["eget"])
    told = answer(request("betalningsansvar", do="why_not", aspect="fria-dagar", option="2"))
    assert isinstance(outcome_of(told["outcome"]), Clash)
    told = answer(request("betalningsansvar", do="settle", given={"belopp": "eget"}))
    assert told["outcome"]["proposal"]["frame"]["belopp"] == "eget"
    clash = outcome_plain(settle(example("betalningsansvar-krock")))
    told = answer(request("betalningsansvar-krock", do="ways_out", outcome=clash))
    assert told == {"ways_out": [{"conditions": ["fast-datum"], "owners": ["region"], "price": 350}]}


def test_every_explanation_is_answered_like_the_library():
    problem, clashing = example("betalningsansvar"), example("betalningsansvar-krock")
    settled, clash = settle(problem), settle(clashing)
    told = answer(request("betalningsansvar", do="seen_by", viewer="region", outcome=outcome_plain(settled)))
    assert outcome_of(told["outcome"]) == seen_by(settled, problem, "region")
    told = answer(request("betalningsansvar-krock", do="clashes", at_most=3))
    assert told["clashes"] == plain(clashes(clashing, at_most=3))
    assert told["clashes"]["found"][0]["owners"] == list(clash.owners)
    told = answer(request("betalningsansvar", do="frontier", most=4))
    assert told["frontier"] == plain(frontier(problem, most=4))
    assert len(told["frontier"]) > 1
    told = answer(request("betalningsansvar", do="condition_prices"))
    assert told["condition_prices"] == plain(dict(condition_prices(problem)))
    told = answer(request("betalningsansvar", do="who_takes_part"))
    takes_part = who_takes_part(problem)
    assert told["takes_part"] == answer_plain(takes_part)
    told = answer(request("betalningsansvar", do="seen_by", viewer="region", outcome=told["takes_part"]))
    assert answer_of(told["answer"]) == seen_by(takes_part, problem, "region")


def test_every_other_reading_of_the_question_is_answered():
    problem = example("betalningsansvar")
    assert answer(request("betalningsansvar", do="detail"))["detail"] == plain(detail(problem))
    assert answer(request("betalningsansvar", do="remarks")) == {"remarks": []}
    told = answer(request("betalningsansvar", do="settle_jointly"))["answer"]
    assert (told["kind"], told["proposal"]["frame"]["fria-dagar"]) == ("settled_jointly", "3")
    told = answer(request("betalningsansvar", do="fewest_variants"))["answer"]
    assert (told["kind"], told["menus"]["fria-dagar"]) == ("fewest_variants", ["3"])
    told = answer(request("betalningsansvar", do="worst_off_first"))["answer"]
    assert (told["kind"], told["worst"]) == ("worst_off", min(told["nets"].values()))
    told = answer(request("betalningsansvar", do="shares"))["shares"]
    assert told == answer_plain(shapley_shares(problem))
    told = answer(request("betalningsansvar-krock", do="settle_jointly"))["outcome"]
    assert told["kind"] == "clash"


def test_what_is_certified_in_one_process_is_verified_in_another():
    outcome = answer(request("betalningsansvar", do="settle"))["outcome"]
    certificate = answer(request("betalningsansvar", do="certify", outcome=outcome))["certificate"]
    checked = {"do": "verify", "outcome": outcome, "certificate": certificate}
    assert answer(request("betalningsansvar", **checked)) == {"faults": []}
    outcome["objective"]["cost"] -= 1
    assert answer(request("betalningsansvar", **checked))["faults"] != []


def test_time_that_is_out_is_an_outcome_whatever_was_asked():
    told = answer(request("betalningsansvar", do="frontier", seconds=0))
    assert told["outcome"] == {**HEAD, "kind": "unfinished", "stopped_by": "time", "limit": "0 s"}


def test_changes_are_read_from_the_request():
    stated = {"id": "tva", "owner": "region", "reason": "for the test"}
    changes = [
        {"change": "drop_condition", "condition": "fast-datum"},
        {"change": "set_sharing", "aspect": "it-stod", "sharing": "local"},
        {"change": "set_takes_part", "participant": "granaker", "takes_part": False},
        {"change": "set_cost", "participant": "region", "aspect": "belopp", "option": "nationellt", "cost": 9000},
        {"change": "set_price_of_difference", "price": 10_000},
        {"change": "fix_option", "aspect": "overgang", "option": "6-manader"},
        {"change": "add_condition", "condition": {**stated, "rule": {"aspect": "belopp", "is": ["nationellt"]}}},
        {"change": "replace_condition", "condition": {**stated, "rule": {"aspect": "belopp", "is": ["eget"]}}},
    ]
    outcome = outcome_of(answer(request("betalningsansvar-krock", do="what_if", changes=changes))["outcome"])
    assert isinstance(outcome, Settled)
    assert outcome.proposal.frame["overgang"] == "6-manader"
    assert outcome.proposal.frame["belopp"] == "eget"
    assert "it-stod" not in outcome.proposal.frame
    assert "granaker" not in [balance.owner for balance in outcome.proposal.balances]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"do": "dance"}, "do"),
        ({"do": None}, "do"),
        ({"do": "settle", "problem": 3}, "problem"),
        ({"do": "settle", "problem": {"format": "x"}}, "problem.format"),
        ({"do": "settle", "seconds": "soon"}, "seconds"),
        ({"do": "settle", "given": {"grund": 3}}, "given.grund"),
        ({"do": "settle", "given": {"grund": "x"}}, "grund"),
        ({"do": "what_if", "changes": {}}, "changes"),
        ({"do": "what_if", "changes": [{"change": "burn"}]}, "changes[0].change"),
        ({"do": "what_if", "changes": [{"change": "drop_condition"}]}, "changes[0]"),
        ({"do": "why_not", "aspect": "grund"}, "option"),
        ({"do": "check"}, "frame"),
        ({"do": "ways_out", "outcome": {}}, "outcome.format"),
        ({"do": "frontier", "most": "many"}, "most"),
        ({"do": "clashes", "at_most": None}, "at_most"),
    ],
)
def test_request_that_is_not_well_formed_is_refused_with_the_field(change, path):
    told = answer_within_bounds(io.BytesIO(framed({**request("betalningsansvar"), **change})), 0, 0)
    assert path in [fault["path"] for fault in told["malformed"]]
    assert all(fault["message"] for fault in told["malformed"])


@pytest.mark.parametrize(
    "sent", [b"", b"x\n{}", b"9\n{}", b"2\n{]", b"-1\n{}", b"99999999999\n{}", b"1\n3", b"4\n\xff\xfe\xff\xfe"]
)
def test_broken_frame_is_refused(sent):
    told = answer_within_bounds(io.BytesIO(sent), 0, 0)
    assert [fault["path"] for fault in told["malformed"]] == [""]


def test_request_that_is_too_large_names_the_limit():
    problem = problem_plain(example("betalningsansvar"))
    problem["aspects"] += [
        {"id": f"x{i}", "label": "X", "kind": "choice", "sharing": "local", "options": [{"id": "o", "label": "o"}]}
        for i in range(200)
    ]
    assert answer({"do": "settle", "problem": problem}) == {
        "too_large": {"limit": "aspects", "value": 211, "allowed": 200}
    }
