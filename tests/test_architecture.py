"""The house itself: who may import whom, what a page file may hold, how large things grow."""

import ast
import csv
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from pipelines.places import REFERENCE, REGISTERS, ROOT

ROOMS = ("pipelines", "geo", "access", "portal", "pages")
FUNCTION_LINES, MODULE_LINES = 45, 300
OTHER_LINES = {"app.py": 80, "pages": 150, "tests": 450}
FORBIDDEN = {
    "pipelines": {"streamlit", "pages", "portal", "access"},
    "geo": {"streamlit", "pages", "portal", "access", "pipelines.warehouse"},
    "access": {"streamlit", "portal", "pages"},
    "portal": {"pages"},
    "pages": set(),
}


def _modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


PRODUCT = [ROOT / "app.py", *_modules(*ROOMS)]
SOURCES = [*PRODUCT, *_modules("bench", "tests")]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> set[str]:
    """Every module that a file imports, with the names taken from it: {"pipelines", "pipelines.build"}."""
    found = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _touches(imports: set[str], module: str) -> set[str]:
    return {name for name in imports if name == module or name.startswith(module + ".")}


def _texts(path: Path) -> list[str]:
    """Every string of a file that is not a docstring."""
    skip = {
        id(node.body[0].value)
        for node in ast.walk(_tree(path))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    nodes = (
        node for node in ast.walk(_tree(path)) if isinstance(node, ast.Constant) and id(node) not in skip
    )
    return [node.value for node in nodes if isinstance(node.value, str)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_furnished(room):
    assert _modules(room)


@pytest.mark.parametrize("path", _modules(*ROOMS), ids=_name)
def test_rooms_import_only_downwards(path):
    imports = _imports(path)
    room = path.relative_to(ROOT).parts[0]
    assert not {name for module in FORBIDDEN[room] for name in _touches(imports, module)}
    assert not _touches(imports, "tests")
    if path != ROOT / "pipelines" / "__main__.py":
        assert not _touches(imports, "bench")


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_duckdb_is_opened_in_one_place(path):
    if path != ROOT / "pipelines" / "warehouse.py":
        assert not _touches(_imports(path), "duckdb")


def test_figures_are_pure():
    figures = [path for path in _modules("portal") if _name(path).startswith("portal/figures")]
    assert figures
    taken = set().union(*map(_imports, figures))
    assert not any(_touches(taken, room) for room in ("streamlit", "pages", "pipelines.questions"))


def _only_defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return "__name__" in ast.unparse(node.test)
    return isinstance(
        node, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    )


@pytest.mark.parametrize("path", _modules("pages"), ids=_name)
def test_page_files_only_define(path):
    body = _tree(path).body
    assert [ast.unparse(node)[:60] for node in body if not _only_defines(node)] == []
    assert "page" in {node.name for node in body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_functions_and_modules_stay_small(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    room = _name(path).split("/")[0]
    assert lines <= OTHER_LINES.get(room, MODULE_LINES)
    functions = [
        node for node in ast.walk(_tree(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    sizes = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_public_functions_say_what_they_give(path):
    assert ast.get_docstring(_tree(path)), "the module says nothing about itself"
    public = [
        node
        for node in _tree(path).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and node.name != "page"
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_names_of_modules_say_what_they_are_about(path):
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"}
    assert not empty & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


SQL = re.compile(
    r"\bselect\b[\s\S]*\bfrom\b|\binsert\s+into\b|\bgroup\s+by\b|\border\s+by\b|\bjoin\b[\s\S]*\b(on|using)\b|"
    r"\bunion\s+all\b|\bdelete\s+from\b|\bcase\s+when\b|\bwhere\b[\s\S]*=",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_python_holds_no_sql(path):
    assert [text for text in _texts(path) if SQL.search(text)] == []


@cache
def _regions() -> tuple[frozenset[str], re.Pattern]:
    """The codes of all regions and provinces, and a pattern of their names and aliases, from the data."""
    rows = _rows(REFERENCE / "wilayah.csv")
    names = {row["nama"] for row in rows} | {row["alias"] for row in _rows(REFERENCE / "wilayah_alias.csv")}
    names = {name for name in names if len(name) >= 5}
    return frozenset(row["kode_wilayah"] for row in rows), re.compile(
        r"\b(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b", re.IGNORECASE
    )


@pytest.mark.parametrize("path", PRODUCT, ids=_name)
def test_no_region_is_named_in_python(path):
    codes, names = _regions()
    assert [text for text in _texts(path) if text in codes or names.search(text)] == []


OTHER_CODE = sorted(
    path
    for room in ROOMS
    for ending in ("sql", "js", "css", "html", "toml")
    for path in (ROOT / room).rglob(f"*.{ending}")
)


@pytest.mark.parametrize("path", OTHER_CODE, ids=_name)
def test_no_region_is_named_in_other_code(path):
    codes, names = _regions()
    text = re.sub(r"(?m)(--|//|#(?=\s)).*$", "", path.read_text(encoding="utf-8"))
    quoted = set(re.findall(r"'([^'\n]*)'", text)) | set(re.findall(r'"([^"\n]*)"', text))
    assert quoted & codes == set()
    assert names.findall(text) == []


@pytest.mark.parametrize("path", sorted([*REFERENCE.glob("*.csv"), *REGISTERS.glob("*.csv")]), ids=_name)
def test_every_shipped_file_has_a_contract(path):
    contracts = ROOT / "pipelines" / "contracts"
    kinds = {contract.stem for contract in contracts.rglob("*.toml")}
    assert path.stem in kinds


def _shipped() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [path for name in listed.stdout.decode().splitlines() if (path := ROOT / name).is_file()]


def test_no_file_points_outside_the_tree():
    outside = ("../" + "shared", "/" + "work/", "/home" + "/", "/root" + "/")
    endings = {".py", ".md", ".toml", ".sql", ".js", ".css", ".txt", ".csv", ".yml", ""}
    files = [path for path in _shipped() if path.suffix in endings]
    texts = {_name(path): path.read_text(encoding="utf-8", errors="replace") for path in files}
    assert [(name, word) for name, text in texts.items() for word in outside if word in text] == []
