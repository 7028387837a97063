"""Swedish organisation numbers: ten digits, of which the last is a check digit (Luhn, ISO/IEC 7812-1 annex B).

Form and rule as described by the Swedish Companies Registration Office: NNNNNN-NNNN, third digit at least 2, which tells
the number from a personal identity number.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _


def written(number: str) -> str:
    """The number in its usual form NNNNNN-NNNN; the text itself when it is not ten digits."""
    digits = re.sub(r"[\s-]", "", number)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return f"{digits[:6]}-{digits[6:]}" if re.fullmatch(r"[0-9]{10}", digits) else number.strip()


def fault(number: str) -> str:
    """What is wrong with a number in its usual form, as a sentence; "" when nothing is."""
    if not re.fullmatch(r"[0-9]{6}-[0-9]{4}", number):
        return _("An organisation number has ten digits, written as 212000-0142.")
    digits = number.replace("-", "")
    if int(digits[2]) < 2:
        return _("The third digit of an organisation number is at least 2. Is this somebody's personal identity number?")
    if not _luhn(digits):
        return _("The last digit does not agree with the others. Check the number for a slip of the finger.")
    return ""


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
