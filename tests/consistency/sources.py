"""The repository as the consistency tests read it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "samordna"
ENGINE = ROOT / "engine" / "src" / "samordna_engine"


@cache
def kept() -> tuple[Path, ...]:
    """Every file the repository keeps, or would keep if committed now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file())


def python(under: Path = ROOT) -> list[Path]:
    """Python files under a folder, without migrations."""
    return [
        path for path in kept() if path.suffix == ".py" and path.is_relative_to(under) and "migrations" not in path.parts
    ]


def templates() -> list[Path]:
    """Every template."""
    return [path for path in kept() if path.suffix in {".html", ".txt"} and "templates" in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def short(path: Path) -> str:
    """The path as people say it."""
    return path.relative_to(ROOT).as_posix()
