"""No file and no function becomes the project. The exceptions list begins empty and may only shrink."""

from __future__ import annotations

from statistics import median

from tests.consistency.sources import ENGINE, ROOT, SOURCE, functions, python, short

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES = 400, 600, 50
EXCEPTIONS = {
    line
    for line in (ROOT / "tests/consistency/exceptions.txt").read_text().splitlines()
    if line and not line.startswith("#")
}


def _length(path) -> int:
    return len(path.read_text().splitlines())


def test_no_source_file_is_over_its_budget():
    over = {
        short(p): _length(p) for p in [*python(SOURCE), *python(ENGINE), *python(ROOT / "tools")] if _length(p) > FILE_LINES
    }
    assert not set(over) - EXCEPTIONS, over


def test_no_test_file_is_over_its_budget():
    tests = [*python(ROOT / "tests"), *python(ROOT / "engine" / "tests")]
    over = {short(p): _length(p) for p in tests if _length(p) > TEST_FILE_LINES}
    assert not set(over) - EXCEPTIONS, over


def test_no_function_is_over_its_budget():
    over = {
        f"{short(path)}:{function.name}": function.end_lineno - function.lineno + 1
        for path in [*python(SOURCE), *python(ENGINE)]
        for function in functions(path)
        if function.end_lineno - function.lineno + 1 > FUNCTION_LINES
    }
    assert not set(over) - EXCEPTIONS, over


def test_functions_fit_a_glance():
    lengths = sorted(f.end_lineno - f.lineno + 1 for path in python(SOURCE) for f in functions(path))
    assert median(lengths) <= 12
    assert lengths[int(len(lengths) * 0.9)] <= 30


def test_exceptions_are_still_needed():
    files = {short(path) for path in python()}
    names = {f"{short(path)}:{function.name}" for path in python() for function in functions(path)}
    assert files | names >= EXCEPTIONS
