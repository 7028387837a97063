"""What the repository may and may not hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.template import Template

from samordna.web.components.tags import FormMarksNode
from tests.consistency.sources import ROOT, SOURCE, kept, python, short, templates

TEXT = {".py", ".toml", ".md", ".html", ".css", ".js", ".txt", ".lock", ".yml", ".json", ".po", ".cfg", ".ini", ""}
FOREIGN = re.compile(r"pypi\.org|pythonhosted|npmjs|debian\.org|/work/|\.\./shared|/tmp/bash_jobs", re.IGNORECASE)

WORDS = {"_", "_p", "_pg", "gettext", "ngettext", "pgettext", "npgettext", "gettext_lazy", "pgettext_lazy"}
ERROR_PAGES = {"403_csrf.html", "404.html", "429.html", "500.html"}


def _texts():
    for path in kept():
        if path.suffix in TEXT:
            yield path, path.read_text(errors="replace")


def test_lock_files_hold_no_addresses():
    assert [short(p) for p, text in _texts() if p.suffix == ".lock" and "://" in text] == []


def test_no_file_names_a_registry_or_a_machine_path():
    own = ROOT / "tests/consistency/test_repository.py"
    assert [short(path) for path, text in _texts() if path != own and FOREIGN.search(text)] == []


def test_every_locked_package_is_hashed():
    for name in ("boot", "run", "dev"):
        lines = (ROOT / f"requirements/{name}.lock").read_text().splitlines()
        packages = [line for line in lines if re.match(r"^[a-z0-9]", line)]
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages), name


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", "-v0")


def test_swedish_is_complete():
    result = subprocess.run([sys.executable, "tools/messages.py", "check"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


def test_every_name_by_which_words_are_translated_is_collected():
    """A name that the collector does not know leaves its words in English, unless somebody else says the same."""
    tool = (ROOT / "tools/messages.py").read_text()
    names = {
        each
        for file in (ROOT / "src").rglob("*.py")
        for each in re.findall(r"\bn?p?gettext(?:_lazy)? as (\w+)", file.read_text())
    }
    assert {"_", "_p"} <= names
    missing = sorted(each for each in names if f'"{each}"' not in tool)
    assert not missing, f"put these in KEYWORDS of tools/messages.py: {missing}"


def test_nothing_is_translated_inside_an_f_string():
    """What collects the words does not look there, so that they would be told in English."""
    found = []
    for file in sorted((ROOT / "src").rglob("*.py")):
        for text in ast.walk(ast.parse(file.read_text())):
            if isinstance(text, ast.JoinedStr):
                calls = (node for node in ast.walk(text) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
                found += [f"{file.name}:{call.lineno}" for call in calls if call.func.id in WORDS]
    assert found == []


def test_templates_have_no_inline_style_script_or_unescaped_text():
    forbidden = re.compile(
        r"""\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*json)|\son[a-z]+=["']|\|safe\b|autoescape off"""
    )
    assert [short(path) for path in templates() if forbidden.search(path.read_text())] == []


def test_blocktranslate_is_always_trimmed():
    untrimmed = re.compile(r"{%\s*blocktranslate(?![^%]*\btrimmed\b)|{%\s*blocktrans\b|{%\s*trans\b")
    assert [short(path) for path in templates() if untrimmed.search(path.read_text())] == []


def test_every_template_is_used():
    everything = "\n".join(path.read_text() for path in [*python(SOURCE), *templates()])
    unused = []
    for path in templates():
        name = path.as_posix().split("/templates/")[1]
        library = name.split("/")[0] in {"account", "mfa", "usersessions", "allauth", "django", "parts"}
        by_pattern = re.sub(r"_[a-z]+\.html$", "_{", name)  # one of several, chosen by the view
        if not library and name not in ERROR_PAGES and name not in everything and by_pattern not in everything:
            unused.append(name)
    assert unused == []


def test_no_loaded_library_goes_unused():
    own = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
    needs = {
        "i18n": r"{%\s*(translate|blocktranslate|get_current_language|language)",
        "static": r"{%\s*static",
        "l10n": "localize",
    }
    for path in templates():
        text = path.read_text()
        for library in " ".join(own.findall(text)).split():
            if library in needs:
                assert re.search(needs[library], text), f"{short(path)} loads {library} for nothing"


def test_public_functions_and_classes_of_the_domain_say_what_they_promise():
    silent = [
        f"{short(path)}:{function.name}"
        for path in python(SOURCE / "domain")
        if path.stem in {"operations", "queries", "access", "authority", "rules"}
        or path.parent.name in {"operations", "queries"}
        for function in ast.parse(path.read_text()).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and function.body[0].__class__.__name__ != "Expr"
    ]
    assert silent == []


def test_every_package_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]\n")[0].strip().splitlines()
    assert all("#" in line for line in lines), lines


def test_every_form_that_posts_carries_the_role_it_was_shown_in():
    """`{% csrf_token %}` is our own tag and writes both marks; `tests/web/site/test_shown_as.py` shows the door's part."""
    form = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?(?:</form>|\Z)", re.IGNORECASE | re.DOTALL)
    bare = [
        f"{short(path)}: {found[:80]}"
        for path in templates()
        for found in form.findall(path.read_text())
        if "{% csrf_token %}" not in found
    ]
    assert bare == []
    past = re.compile(r"hx-(post|put|patch|delete)|formaction|csrfmiddlewaretoken")
    assert [short(path) for path in templates() if past.search(path.read_text())] == []
    assert [short(path) for path in python(SOURCE) if re.search(r"<form\b", path.read_text())] == []
    assert isinstance(Template("{% csrf_token %}").nodelist[0], FormMarksNode)


DAYS_OF_CLOCK_TIMES = {"core/clock", "core/tables", "forums/rhythm", "forums/rule_text", "forums/finding_times"}
DAYS_OF_CLOCK_TIMES |= {"scheduling/patterns", "operations/repeating", "operations/filling", "queries/series"}
DAYS_OF_CLOCK_TIMES |= {"scheduling/test_patterns", "forums/test_rhythm", "tools/figures_times"}
DAY_OF_UTC = re.compile(r"\.date\(\)|date\.today\(")


def test_the_day_of_a_moment_is_the_day_where_people_are():
    """Between 22 or 23 and 24 UTC it is tomorrow in Sweden: `clock.day(moment)`, never `moment.date()`."""
    found = {p.relative_to(ROOT).with_suffix("").as_posix() for p in python() if DAY_OF_UTC.search(p.read_text())}
    assert {"/".join(each.split("/")[-2:]) for each in found} == DAYS_OF_CLOCK_TIMES | {"consistency/test_repository"}
