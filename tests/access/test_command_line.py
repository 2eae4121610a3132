"""`python -m access`: what each verb prints, where, and with which exit code."""

import io
import json
import os
import subprocess
import sys

import pytest

from access import __main__ as command_line
from access import accounts, audit, sessions, setup, store
from pipelines.places import ROOT
from tests.access.conftest import PASSWORD


@pytest.fixture
def run(state, capsys, monkeypatch):
    def call(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = command_line.main(list(words))
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_first_admin_is_made_without_a_browser():
    # A process of its own, as an operator starts it; the rest of this file calls the same function.
    words = [sys.executable, "-m", "access", "add", "kepala2", "--role", "admin", "--password-stdin"]
    made = subprocess.run(words, input=f"{PASSWORD}\n", text=True, capture_output=True, cwd=ROOT)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "Akun 'kepala2' (admin) dibuat.\n")
    assert accounts.authenticate("kepala2", PASSWORD, "10.0.0.1")
    store.close()


def test_a_password_is_the_first_line_with_its_spaces(run):
    assert (
        run("add", "rina", "--role", "petugas", "--password-stdin", typed=f" {PASSWORD} \r\nlagi\n")[0] == 0
    )
    assert accounts.authenticate("rina", f" {PASSWORD} ", "10.0.0.1")


def test_without_a_password_a_one_time_one_is_printed(run):
    code, out, _ = run("add", "kutim", "--role", "pemda", "--wilayah", "64.08")
    assert code == 0 and accounts.authenticate("kutim", out.strip(), "10.0.0.1").must_change


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["add", "rina", "--role", "petugas", "--password-stdin"], "pendek\n", "Sandi terlalu pendek"),
        (["add", "rina", "--role", "petugas", "--password-stdin"], "", "Sandi terlalu pendek"),
        (["add", "kutim", "--role", "pemda"], "", "memerlukan satu kode wilayah"),
        (["lock", "kepala"], "", "admin terakhir"),
        (["lock", "tidakada"], "", "Akun 'tidakada' tidak ada"),
        (["reset", "tidakada"], "", "Akun 'tidakada' tidak ada"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_1(run, admin, words, typed, said):
    code, out, err = run(*words, typed=typed)
    assert (code, out) == (1, "") and said in err and err.count("\n") == 1
    assert len(accounts.listed()) == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["terbang"],
        ["add"],
        ["add", "rina"],
        ["add", "rina", "--role", "raja"],
        ["setup"],
        ["setup", "--base", "127.0.0.1"],
        ["audit", "--since", "kemarin"],
        ["audit", "--json", "--csv"],
        ["audit", "--action", "terbang"],
    ],
)
def test_wrong_use_is_exit_2(run, words):
    assert run(*words)[0] == 2


@pytest.mark.parametrize(
    "verb", [[], ["add"], ["lock"], ["unlock"], ["reset"], ["list"], ["audit"], ["setup"], ["backup"]]
)
def test_every_verb_explains_itself(run, verb):
    code, out, _ = run(*verb, "--help")
    assert code == 0 and out.startswith("usage: python -m access")


def test_lock_and_unlock_end_and_open(run, admin, petugas):
    token = sessions.start(petugas.id, address="", agent="")
    assert run("lock", "rina")[0] == 0
    assert sessions.who(token) is None and accounts.find("rina").is_locked
    assert run("unlock", "rina")[0] == 0 and not accounts.find("rina").is_locked


def test_a_reset_prints_the_one_time_password_alone_on_stdout(run, petugas):
    code, out, err = run("reset", "rina")
    assert code == 0 and accounts.authenticate("rina", out.strip(), "10.0.0.1").must_change
    assert "harus diganti" in err and out.strip() not in err


def test_the_list_is_told_to_people_and_machines(run, admin, petugas):
    accounts.lock("rina", "kepala")
    _, out, _ = run("list")
    assert out == "kepala\tadmin\nrina\tpetugas\t\tterkunci\n"
    told = json.loads(run("list", "--json")[1])
    assert [(one["name"], one["role"], one["is_locked"]) for one in told] == [
        ("kepala", "admin", False),
        ("rina", "petugas", True),
    ]
    assert not {"password", "totp"} & set(told[0])


def test_the_trail_is_told_three_ways(run, admin):
    audit.record("masuk_gagal", name="\x1b[2Jrina", address="10.0.0.1", detail={"sebab": "sandi"})
    out = run("audit")[1]
    assert out.splitlines()[0].endswith('?[2Jrina\t-\tmasuk_gagal\t10.0.0.1\t{"sebab": "sandi"}')
    told = json.loads(run("audit", "--json", "--action", "masuk_gagal")[1])
    assert [row["number"] for row in told] == [2]
    assert run("audit", "--csv", "--limit", "1")[1].splitlines()[1].startswith("2;")
    assert json.loads(run("audit", "--json", "--until", "2020-01-01")[1]) == []


def test_the_actor_is_the_person_at_the_terminal(run):
    run("add", "kutim", "--role", "pemda", "--wilayah", "64.08")
    assert {row["name"].split(" ")[0] for row in audit.rows()} == {"terminal"}


def test_verify_is_exit_1_when_the_chain_is_broken(run, admin, petugas):
    code, out, _ = run("audit", "--verify")
    assert code == 0 and out.startswith("Rantai utuh: 2 baris.\n")
    with store.writing() as connection:
        connection.execute("drop trigger audit_never_changes")
        connection.execute("update audit set name = 'lain' where number = 1")
    code, out, _ = run("audit", "--verify")
    assert (code, out) == (1, "Baris 1 jejak audit diubah, hilang, atau bertukar tempat.\n")
    code, out, _ = run("audit", "--verify", "--json")
    assert code == 1 and json.loads(out)["first_bad"] == 1


def test_setup_prints_one_address_while_it_is_needed_and_nothing_later(run):
    code, out, _ = run("setup", "--base", "http://127.0.0.1:8501")
    assert code == 0 and out.startswith("http://127.0.0.1:8501/siapkan/") and out.count("\n") == 1
    setup.redeem(out.strip().rsplit("/", 1)[1], "kepala", PASSWORD, "127.0.0.1")
    assert run("setup", "--base", "http://127.0.0.1:8501") == (0, "", "")


def test_a_folder_that_cannot_be_written_is_one_sentence(run, monkeypatch):
    monkeypatch.setitem(os.environ, "CERMIN_DATA", "/proc/cermin")
    code, out, err = run("list")
    assert (code, out) == (1, "") and "/proc/cermin" in err and err.count("\n") == 1


def test_a_reader_that_goes_away_is_no_fault(state):
    words = f"{sys.executable} -m access audit --json | true"
    ended = subprocess.run(words, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert ended.stderr == ""
