"""Prose, differences and rendering: nothing that is typed can become anything but text."""

import io
import re
import zipfile
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document as Word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samordna.core.errors import Refused
from samordna.domain.agreements.differences import GONE, NEW, SAME, differences, line_differences
from samordna.domain.agreements.document import Document, Part, Signer
from samordna.domain.agreements.prose import blocks, tidy, unprintable
from samordna.domain.agreements.rendering.pdf import pdf_of
from samordna.domain.agreements.rendering.word import word_of

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEXTS = st.text(st.sampled_from("abå \n-#*.\t1"), max_size=60)
WORDS = re.compile(r"[\wåäö]+")


def document(*parts: Part, **fields) -> Document:
    given = {"title": "Om utskrivning", "kind": "Överenskommelse", "collaboration": "Nära vård", "language": "sv"}
    given |= {"reference": "Version 1", "head": (("Gäller", "från 1 januari 2026"),), "parts": parts}
    given |= {"signers": (Signer(organisation_id="a", organisation="Havsnäs", party="Kommunerna"),)}
    return Document(**given | fields)


def part(text="Text", rows=(), title="Bakgrund", heading="background") -> Part:
    return Part(heading=heading, title=title, text=text, columns=("A", "B") if rows else (), rows=rows)


def inside(pdf: bytes) -> bytes:
    """Everything in a PDF that can be read, also what is packed."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_no_word_is_lost_between_typing_and_blocks(text):
    shown = " ".join(line for block in blocks(text) for line in block.lines)
    assert WORDS.findall(shown) == WORDS.findall(tidy(text))
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_what_is_the_same_and_gone_is_the_earlier_text_and_what_is_the_same_and_new_the_later(before, after):
    lines = line_differences(before, after)

    def told(*marks):
        kept = ("".join(piece.text for piece in line if piece.mark in marks) for line in lines)
        return [line for line in kept if line]

    def paragraphs(text):
        return [("- " if b.kind == "list" else "") + line for b in blocks(text) for line in b.lines if line]

    assert told(SAME, GONE) == paragraphs(before)
    assert told(SAME, NEW) == paragraphs(after)


def test_lists_titles_and_paragraphs():
    text = "## Kallelse\r\nDen som kallar\r\nskriver.\r\n\r\n- först\r\n* sedan"
    assert [(b.kind, b.lines) for b in blocks(text)] == [
        ("title", ("Kallelse",)),
        ("text", ("Den som kallar skriver.",)),
        ("list", ("först", "sedan")),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\x00b", "U+0000"), ("a\x1bb", "U+001B"), ("a\u202eb", "U+202E"), ("a\ufeffb", "U+FEFF"), ("a\u0085b", "U+0085")],
)
def test_characters_that_nobody_sees_are_named(text, code):
    assert unprintable(text) == code
    assert unprintable("Åäö – »så« 5 § ½ \n\t") == ""


def test_the_same_document_is_the_same_bytes_and_another_is_not():
    own = document(part())
    assert pdf_of(own, AT) == pdf_of(own, AT)
    assert pdf_of(own, AT) != pdf_of(document(part("Annan text")), AT)
    assert pdf_of(own, AT) != pdf_of(own, AT, draft=True)
    assert word_of(own, AT) == word_of(own, AT)


def test_the_pdf_is_tagged_archival_and_in_its_own_language():
    read = inside(pdf_of(document(part(rows=(("x", "y"),))), AT))
    assert re.search(rb"pdfuaid:part(>|=\")1", read)
    assert re.search(rb"pdfaid:part(>|=\")2", read)
    assert re.search(rb"pdfaid:conformance(>|=\")A", read)
    assert b"/StructTreeRoot" in read
    assert b"/Marked true" in read
    assert re.search(rb"/Lang ?\(sv", read)
    assert b"/TH" in read


def test_markup_stays_text_in_pdf_and_word():
    nasty = '#read("/etc/passwd") $x^2$ *fet* <b>b</b> \\ @ref {{ 1 }} #import "x" `kod` // bort'
    hostile = document(part(nasty, rows=((nasty, "<script>"),), title=nasty), title=nasty, head=((nasty, nasty),))
    assert b"root:x" not in inside(pdf_of(hostile, AT))
    word = Word(io.BytesIO(word_of(hostile, AT)))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert nasty in texts
    assert word.tables[0].rows[1].cells[0].text == nasty


def test_word_has_real_headings_lists_and_table_heads():
    word = word_of(document(part("Ett\n\n- två", rows=(("x", "y"),))), AT)
    styles = {paragraph.style.name for paragraph in Word(io.BytesIO(word)).paragraphs}
    assert {"Title", "Heading 1", "List Bullet"} <= styles
    inner = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml")
    assert b"tblHeader" in inner
    assert b'w:val="sv-SE"' in zipfile.ZipFile(io.BytesIO(word)).read("word/styles.xml")


def test_a_character_without_a_shape_is_named_with_its_place():
    with pytest.raises(Refused, match=r"U\+1F600.*Bakgrund"):
        pdf_of(document(part("Bra \U0001f600")), AT)


def test_differences_name_what_is_gone_new_and_moved():
    before = document(part("Svar inom tre dagar."), part(heading="disputes", title="Tvister"))
    after = replace(before, parts=(part("Svar inom fem dagar."), part(heading="exit", title="Utträde")), title="Om svar")
    head, background, exit_, disputes = differences(before, after)
    assert head.differs
    assert [(piece.mark, piece.text) for piece in background.lines[0]] == [
        (SAME, "Svar inom "),
        (GONE, "tre"),
        (NEW, "fem"),
        (SAME, " dagar."),
    ]
    assert (exit_.mark, disputes.mark) == (NEW, GONE)
    assert not any(section.differs for section in differences(before, before))


def test_a_row_of_data_that_changed_shows_as_gone_and_new():
    before, after = document(part(rows=(("a", "b"), ("c", "d")))), document(part(rows=(("a", "b"), ("c", "e"))))
    (_head, section) = differences(before, after)
    assert section.rows == ((SAME, ("a", "b")), (GONE, ("c", "d")), (NEW, ("c", "e")))


def test_a_document_survives_being_stored():
    own = document(part("Text", rows=(("x", "y"),)))
    assert Document.from_json(own.as_json()) == own
    with pytest.raises(ValueError, match="format"):
        Document.from_json(own.as_json() | {"format": 99})
