"""How much of each thing there may be. Declared here, tested, and told in the sentence that refuses more."""

from __future__ import annotations

from typing import Final

LEAST_TOGETHER: Final = 5
"""So few answers are shown together at the least in an anonymous wave, unless the wave asks for more."""
MOST_TOGETHER: Final = 50
MOST_QUESTIONS: Final = 120
MOST_OPTIONS: Final = 30
MOST_SECTIONS: Final = 30
MOST_LANGUAGES: Final = 20
MOST_BYTES: Final = 500_000
"""Bytes of a file with a questionnaire."""
LONGEST_ANSWER: Final = 2_000
MOST_LINKS: Final = 500
"""Links made at a time."""
MOST_GROUPS: Final = 20
LONGEST_WAVE: Final = 180
"""Days."""
OPEN_DAYS: Final = 10
"""Days that a wave is open that opens by itself."""
MOST_WAVES_SHOWN: Final = 12
