"""The tutorial in the README runs as it is written."""

import re
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def test_tutorial_runs_as_written():
    """Every block of Python in the README is executed, in order, and its claims hold."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 14
    names = {}
    for block in blocks:
        exec(compile(block, str(README), "exec"), names)
