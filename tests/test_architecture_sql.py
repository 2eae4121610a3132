"""The SQL of the house: one select per file with its grain, every question asked, every indicator said."""

import ast
import csv
import re
import tomllib
from pathlib import Path

import pytest

from pipelines.places import REFERENCE, ROOT, SQL

FILES = sorted(SQL.rglob("*.sql"))
QUESTIONS = SQL / "questions"
SQL_LINES = 120


def _name(path: Path) -> str:
    return path.relative_to(SQL).as_posix()


def _code(path: Path) -> str:
    """The file without comments and without the insides of quoted texts."""
    text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    return re.sub(r"'[^']*'", "''", text).strip()


def _catalogue() -> dict:
    return tomllib.loads((QUESTIONS / "questions.toml").read_text(encoding="utf-8"))


def _listed_questions() -> set[str]:
    catalogue = _catalogue()
    rows = catalogue.get("question", catalogue)
    return {row["name"] for row in rows} if isinstance(rows, list) else set(rows)


def _calls(*folders: str) -> list[ast.Call]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _asked(call: ast.Call) -> set[str]:
    """The names of questions that a call hands over as plain strings to ask, answer, figure and the like."""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    parts = [part for value in values for part in ast.walk(value)]
    return {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}


@pytest.mark.parametrize("folder", ["staging", "marts", "indicators", "questions"])
def test_every_step_has_files(folder):
    assert list((SQL / folder).glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_each_file_says_its_grain_and_is_one_select(path):
    text, code = path.read_text(encoding="utf-8"), _code(path)
    assert text.startswith("-- satu baris per "), "the first line says the grain"
    assert ";" not in code.rstrip(";"), "one statement per file"
    assert re.match(r"(with|select)\b", code), "a select, or common table expressions that end in one"
    if code.startswith("with"):
        assert re.search(r"select \* from \w+(\s+order by\s((?!\bfrom\b)[\s\S])+)?;?$", code), (
            "the last line names the result"
        )
    assert text.count("\n") <= SQL_LINES


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_each_file_is_lower_case_without_text_glued_in(path):
    code = _code(path)
    assert re.findall(r"\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|AS|AND|OR)\b", code) == []
    assert "{" not in code and "%s" not in code and "?" not in code


@pytest.mark.parametrize("step", ["staging", "marts", "indicators"])
def test_steps_that_may_move_to_another_engine_stay_portable(step):
    silent = r"\b(quantile\w*|percentile\w*|median|dayofweek|isodow|\w*strptime|datesub)\b"
    found = {_name(path): re.findall(silent, _code(path)) for path in sorted((SQL / step).glob("*.sql"))}
    assert {name: words for name, words in found.items() if words} == {}


def test_every_question_file_is_in_the_catalogue_and_the_other_way_round():
    assert {path.stem for path in QUESTIONS.glob("*.sql")} == _listed_questions()


def test_every_question_is_asked_by_a_page_an_export_or_a_test():
    asked = {name for call in _calls("pages", "portal", "tests") for name in _asked(call)}
    assert _listed_questions() - asked == set()


def test_every_question_that_is_asked_exists():
    doors = {"ask", "answer"}
    named = set()
    for call in _calls("pages", "portal"):
        door = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if door in doors and call.args and isinstance(call.args[0], ast.Constant):
            named.add(call.args[0].value)
    assert named
    assert named - _listed_questions() == set()


def _indicators() -> list[dict[str, str]]:
    with (REFERENCE / "indikator.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_indicator_is_one_file_and_one_line():
    assert {path.stem for path in (SQL / "indicators").glob("*.sql")} == {
        row["kode"] for row in _indicators()
    }


@pytest.mark.parametrize("column", ["nama", "satuan", "definisi", "penyebut", "cara_membaca"])
def test_every_indicator_is_documented(column):
    assert [row["kode"] for row in _indicators() if not row[column].strip()] == []
