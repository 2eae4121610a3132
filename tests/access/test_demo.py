"""The throw-away copy: one account per role, random passwords, nothing left behind."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from access import accounts, demo, roles
from bench.children import free_port
from pipelines.errors import UserError
from pipelines.places import ROOT


def test_every_role_has_one_account_with_a_password_of_its_own(state):
    made = demo.fill("64.08")
    assert [account.role for account in accounts.listed()] == sorted(roles.ROLES)
    assert len(set(made.values())) == len(roles.ROLES)
    assert accounts.authenticate("pemda", made["pemda"], "127.0.0.1").wilayah == "64.08"
    assert all(password in demo.told(made, "http://127.0.0.1:1") for password in made.values())


def test_an_unknown_region_is_refused_with_a_sentence(state):
    with pytest.raises(UserError, match="tidak dikenal"):
        demo.fill("99.99")


def test_the_copy_serves_here_only_says_what_it_is_and_is_gone_afterwards(tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "access.demo", "--port", str(port), "--wilayah", "64.08"]
    log, environment = tmp_path / "log.txt", os.environ | {"TMPDIR": str(tmp_path)}
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        page = _page(f"http://127.0.0.1:{port}/masuk", child)
        assert "Salinan peragaan" in page
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith("cermin-demo-")]
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(timeout=30)
    told = log.read_text(encoding="utf-8")
    assert all(re.search(rf"^  {role} +\S{{20,}}$", told, re.MULTILINE) for role in roles.ROLES)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("cermin-demo-")]


def _page(address: str, child: subprocess.Popen) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and child.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the copy did not start")
