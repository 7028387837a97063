"""What limits count and which one-time codes are spent, as files that every process of this machine reads.

Django's own way with files throws away a third of them at random when there are too many, whether their time is out or not:
whoever fills the folder empties the counts of the attempts at a password as well. Here what is out of time goes first, and
then what has the shortest time left, which protects the least.
"""

from __future__ import annotations

import pickle
import time
from pathlib import Path
from random import random
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache

LOOKED_THROUGH = 0.02
"""How often a count that is written has the folder looked through: reading it all costs more than writing one."""


class CountedInFiles(FileBasedCache):
    """Files, kept as long as they count for something."""

    def __init__(self, dir: str, params: dict[str, Any]) -> None:  # noqa: A002 - Django's own name for it
        super().__init__(dir, params)
        self.folder = Path(dir)

    def files(self) -> list[Path]:
        """Every count that is kept."""
        return list(self.folder.glob(f"*{self.cache_suffix}"))

    def _cull(self) -> None:
        if random() < LOOKED_THROUGH:  # noqa: S311 - when to tidy is no secret
            self.tidy()

    def tidy(self) -> None:
        """Delete what is out of time, and of the rest what is over the limit."""
        now, living = time.time(), list[tuple[float, Path]]()
        for path in self.files():
            until = _until(path)
            if until > now:
                living.append((until, path))
            else:
                path.unlink(missing_ok=True)
        over = len(living) - self._max_entries
        for _when, path in sorted(living)[: max(over, 0)]:
            path.unlink(missing_ok=True)


def _until(path: Path) -> float:
    """When the count is out of time; a file that cannot be read counts for nothing."""
    try:
        with path.open("rb") as file:
            until: Any = pickle.load(file)  # noqa: S301 - our own file, in the folder of the database
    except (OSError, EOFError, pickle.UnpicklingError):
        return 0
    return float("inf") if until is None else float(until)
