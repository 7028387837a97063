"""No group that can be worked out from what is shown is small: whatever is added and taken away."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from samordna.domain.assessments.groups import WAYS, blocks, coarser, rows_of, secret, shown, shown_rows

CELLS = st.tuples(
    st.sampled_from("abcd"), st.sampled_from(("leadership", "middle", "professional", "")), st.sampled_from(WAYS)
)
COUNTS = st.dictionaries(CELLS, st.integers(0, 14), max_size=16)


def atoms(rows, counts):
    """How many protect each other in what can be told apart by the rows that are shown: cells that stand in the same ones
    of them. The answers of a less secret way, which whoever leads may know, do not count beside those of a more secret."""
    found = defaultdict(list)
    for cell in counts:
        found[tuple(cell in row for row in rows)].append(cell)
    there = {signature: cells for signature, cells in found.items() if any(signature) and any(map(counts.get, cells))}
    return {signature: secret(cells, counts) for signature, cells in there.items()}


@given(COUNTS, st.integers(2, 8))
def test_nothing_small_can_be_worked_out(counts, least):
    parts = blocks(counts, least)
    shown_cells = [set(rows_of(counts)[row]) for row in shown_rows(counts, parts)]
    assert all(n >= least for n in atoms(shown_cells, counts).values())
    assert all(secret(part, counts) >= least for part in parts)
    there = {cell for cell, n in counts.items() if n}
    covered = [cell for part in parts for cell in part]
    assert len(covered) == len(set(covered))
    assert (set(covered) == there) == (not there or secret(there, counts) >= least)


@given(COUNTS, st.data(), st.integers(2, 6))
def test_nothing_small_can_be_worked_out_of_a_question_that_some_skip(counts, data, least):
    answered = {cell: data.draw(st.integers(0, n)) for cell, n in counts.items()}
    own = coarser(blocks(counts, least), answered, least)
    seen = [set(cells) for cells in rows_of(counts).values() if shown(cells, answered, own)]
    assert all(n >= least for n in atoms(seen, answered).values())


def test_a_small_organisation_is_not_told_by_subtracting_the_others():
    counts = {("a", "middle", ""): 9, ("b", "middle", ""): 8, ("c", "middle", ""): 2}
    parts = blocks(counts, 5)
    assert ("all", "") in shown_rows(counts, parts)
    assert ("organisation", "c") not in shown_rows(counts, parts)
    others = [row for row in (("organisation", "a"), ("organisation", "b")) if row in shown_rows(counts, parts)]
    assert others == [("organisation", "a")], "with both, c would be what is left of all"


def test_levels_are_shown_where_the_organisations_are_too_small_for_them():
    counts = {(of, level, ""): 2 for of in "abcd" for level in ("middle", "professional")}
    assert shown_rows(counts, blocks(counts, 5)) == [("all", ""), ("level", "middle"), ("level", "professional")]
    assert blocks({("a", "middle", ""): 2}, 5) == (), "a group of two shows nothing"


def test_whoever_leads_cannot_uncover_an_answer_with_paper_or_links_of_its_own():
    for way in ("link", "paper"):
        counts = {("a", "middle", ""): 9, ("b", "middle", ""): 1, ("b", "middle", way): 40}
        assert shown_rows(counts, blocks(counts, 5)) == [("all", ""), ("level", "middle")]
        assert shown_rows({**counts, ("a", "middle", ""): 0}, blocks({**counts, ("a", "middle", ""): 0}, 5)) == []
        group = {("a", "middle", ""): 1, ("clients", "", way): 6}
        assert shown_rows(group, blocks(group, 5)) == [("organisation", "clients")], "whose own are shown without the one"


def test_answers_by_links_that_whoever_leads_holds_are_shown_only_among_enough_others():
    handed = {("clients", "", "handed"): 40}
    assert shown_rows(handed, blocks(handed, 5)) == [], "all but one may be the coordinator's own"
    some = {**handed, ("clients", "", "link"): 4}
    assert shown_rows(some, blocks(some, 5)) == []
    enough = {**handed, ("clients", "", "link"): 5}
    assert ("organisation", "clients") in shown_rows(enough, blocks(enough, 5))
