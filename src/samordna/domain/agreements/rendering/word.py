"""A document as a Word file, for those who want to write on in it. It is never what is signed."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override
from docx import Document as Word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from samordna.domain.agreements.document import Beneath, Document, Part, Piece
from samordna.domain.agreements.prose import blocks

STYLES = {"title": "Heading 2", "list": "List Bullet", "text": "Normal"}
NOTHING: Beneath = {}
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


def word_of(
    document: Document, at: datetime, *, mark: str = "", numbered: bool = True, beneath: Beneath = NOTHING
) -> bytes:
    """The document as DOCX, with real headings, lists and table heads. The same bytes from the same document.

    `mark`, `numbered` and `beneath` as for `pdf_of`; of pictures there are the words and the table alone.
    """
    word = Word()
    _describe(word, document, at)
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(f"{document.kind} · {document.collaboration}", style="Subtitle")
    if mark:
        word.add_paragraph().add_run(mark).bold = True
    for term, value in document.head:
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{term}: ").bold = True
        paragraph.add_run(value)
    for number, part in enumerate(document.parts, start=1):
        word.add_heading(f"{number}. {part.title}" if numbered else part.title, level=1)
        _write(word, part)
        for piece in beneath.get(part.heading, ()):
            if piece.title:
                word.add_heading(piece.title, level=3 if piece.under else 2)
            _write(word, piece)
    if document.signers:
        with override(document.language):
            word.add_heading(_("Signatures"), level=1)
            columns = (_("Signs for"), _("Party"))
        _table(word, columns, tuple((signer.organisation, signer.party) for signer in document.signers))
    return _steady(word)


def _describe(word: WordDocument, document: Document, at: datetime) -> None:
    about = word.core_properties
    about.title, about.author, about.subject = document.title[:255], document.collaboration[:255], document.kind
    about.language = LANGUAGES.get(document.language, document.language)
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
    about.last_modified_by = document.collaboration[:255]
    about.revision = 1
    marked = word.styles.element.xpath("//w:lang")
    for element in marked:
        element.set(qn("w:val"), about.language)


def _write(word: WordDocument, part: Part | Piece) -> None:
    for block in blocks(part.text):
        for line in block.lines:
            word.add_paragraph(line, style=STYLES[block.kind])
    if part.rows:
        _table(word, part.columns, part.rows)


def _table(word: WordDocument, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    table = word.add_table(rows=1, cols=len(columns), style="Table Grid")
    head = table.rows[0]
    for cell, name in zip(head.cells, columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(name).bold = True
    mark = head._tr.get_or_add_trPr().makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    head._tr.get_or_add_trPr().append(mark)
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value


def _steady(word: WordDocument) -> bytes:
    """The file with the moment of its making taken out of the container."""
    loose, steady = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
