"""What a person reads of a page: its words and figures, without what stands in the tags.

A figure that must not be told is looked for here and not in the page as sent: an id, a token or a nonce holds any digits
now and then, and such a test fails by chance.
"""

from __future__ import annotations

import html
import re
from typing import Any

UNSEEN = re.compile(r"<(script|style|template|title)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]+>")
FIGURE = re.compile(r"(?<!\w)(?:\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?!\w)")


def shown(page: Any) -> str:
    """The words of a page in one line; of a response, of bytes or of text. Spaces that do not break are kept."""
    sent = getattr(page, "content", page)
    text = sent.decode() if isinstance(sent, bytes) else str(sent)
    bare = html.unescape(TAG.sub(" ", UNSEEN.sub(" ", text)))
    return re.sub(r"[ \t\r\n\f]+", " ", bare).strip()


def figures(page: Any) -> set[str]:
    """The whole numbers that are read on a page, without spaces between thousands; the two sides of a decimal
    comma apart. Digits inside a word, as an id, are none."""
    return {re.sub(r"[\u00a0\u202f]", "", each) for each in FIGURE.findall(shown(page))}
