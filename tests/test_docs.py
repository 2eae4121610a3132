"""The documents keep up with the product: every verb, setting, page and link that they name is there."""

import re
from pathlib import Path

import pytest

from pipelines import __main__ as command_line
from pipelines.places import ROOT
from portal.rooms import ROOMS

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_tells_every_verb(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["--help"])
    verbs = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert {"check", "ingest", "undo", "batches", "build", "ask", "sample", "bench"} <= set(verbs)
    assert [verb for verb in verbs if not re.search(rf"`{verb}\b[^`]*`", _text("README.md"))] == []


def test_the_readme_tells_every_folder_of_the_tree():
    tree = _text("README.md").split("## Isi")[1].split("```")[1]
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {name for name in folders - {"__pycache__", "test-results"} if f"{name}/" not in tree} == set()


def test_every_setting_is_documented():
    read = set()
    for room in ("pipelines", "portal", "geo", "bench", "tests"):
        for path in (ROOT / room).rglob("*.py"):
            read |= set(
                re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"", path.read_text(encoding="utf-8"))
            )
    assert {name for name in read if f"`{name}`" not in _text("docs/operations.md")} == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.title)
def test_every_page_is_named_in_a_guide(room):
    guides = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("panduan-*.md")]
    assert any(room.title in guide for guide in guides)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(document: Path):
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not (document.parent / link).exists()] == []
    written = ("data/lake", "data/warehouse", "data/state")
    paths = re.findall(r"`((?:data|docs|geo|pages|pipelines|portal|tests)/[\w./-]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists() and not path.startswith(written)] == []


def test_the_targets_of_make_are_in_the_readme():
    targets = re.search(r"\.PHONY: (.*)", _text("Makefile"))[1].split()
    assert [target for target in targets if f"make {target}" not in _text("README.md")] == ["help", "clean"]
