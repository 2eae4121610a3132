"""Raw files that are being looked at: private, within their limits, and gone when they should be."""

import os
import secrets
import shutil
import stat
import time

import pytest

from pipelines import places, titipan
from pipelines.errors import UserError

pytestmark = pytest.mark.usefixtures("cermin_data")


def _brought(
    account: int, content: bytes, name: str = "ekstrak.csv", kind: str = "laporan"
) -> titipan.Titipan:
    token = secrets.token_hex(16)
    with titipan.begin(account, token, len(content)) as part:
        part.write(content)
    return titipan.keep(account, token, name, kind)


@pytest.fixture(autouse=True)
def _disk(cermin_data):
    places.state().mkdir(parents=True)


def test_a_file_is_kept_as_it_came_for_its_account_alone():
    kept = _brought(7, b"a;b\n1;2\n")
    assert kept.path.read_bytes() == b"a;b\n1;2\n"
    assert [(one.name, one.kind, one.size) for one in titipan.listed(7)] == [("ekstrak.csv", "laporan", 8)]
    assert titipan.listed(8) == []


def test_nobody_else_on_the_machine_may_read_it():
    kept = _brought(7, b"rahasia")
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    for folder in (kept.path.parent, kept.path.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_of_the_same_name_and_kind_takes_the_place_of_the_older_one():
    first = _brought(7, b"lama")
    _brought(7, b"lain", kind="sp4n")
    _brought(7, b"baru")
    assert not first.path.exists()
    assert sorted(one.path.read_bytes() for one in titipan.listed(7)) == [b"baru", b"lain"]


def test_what_is_being_put_in_makes_no_room_and_is_not_swept():
    first = _brought(7, b"sedang dimasukkan")
    token = secrets.token_hex(16)
    with titipan.begin(7, token, 4) as part:
        part.write(b"baru")
    titipan.keep(7, token, first.name, first.kind, busy={first.token})
    long_ago = time.time() - titipan.IDLE_SECONDS - 1
    for path in first.path.parent.iterdir():
        os.utime(path, (long_ago, long_ago))
    titipan.sweep({first.token})
    assert first.path.read_bytes() == b"sedang dimasukkan"
    assert [one.token for one in titipan.listed(7)] == [first.token]


def test_a_part_is_no_file_and_can_be_removed():
    token = secrets.token_hex(16)
    with titipan.begin(7, token, 5) as part:
        part.write(b"sepa")
    assert titipan.listed(7) == []
    titipan.remove(7, token)
    assert list((places.state() / "unggahan").rglob("*.*")) == []


@pytest.mark.parametrize("token", ["", "../../akses", "A" * 32, "f" * 31, "f" * 33, "f" * 31 + "/"])
def test_a_token_is_nothing_but_a_token(token):
    with pytest.raises(UserError, match="Tanda unggahan"):
        titipan.begin(7, token, 1)
    titipan.remove(7, token)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\\b\\c.csv", "  ", "x" * 500 + ".csv", "a\nb.csv", "a\0\u202eb"]
)
def test_a_name_is_only_ever_shown(name):
    kept = _brought(7, b"x", name)
    assert kept.path.name == kept.token
    assert (
        kept.name
        and len(kept.name) <= titipan.LONGEST_NAME
        and kept.name.isprintable()
        and "/" not in kept.name
    )


def test_more_than_fits_is_refused_before_it_comes():
    with pytest.raises(UserError, match="lebih besar dari 2 GB"):
        titipan.begin(7, secrets.token_hex(16), titipan.LARGEST + 1)


def test_too_many_files_are_refused_until_some_are_put_away():
    kept = [_brought(7, b"x", f"{number}.csv") for number in range(titipan.MOST_FILES)]
    with pytest.raises(UserError, match="belum ditinjau"):
        titipan.begin(7, secrets.token_hex(16), 1)
    titipan.remove(7, kept[0].token)
    titipan.begin(7, secrets.token_hex(16), 1).close()


def test_a_disk_that_is_nearly_full_is_said(monkeypatch):
    free = shutil.disk_usage(places.state()).free
    monkeypatch.setattr(titipan, "RESERVE", free + 1)
    with pytest.raises(UserError, match="Ruang penyimpanan server hampir habis"):
        titipan.begin(7, secrets.token_hex(16), 1)


def test_what_nobody_looks_at_for_an_hour_goes_and_what_is_looked_at_stays():
    old, seen = _brought(7, b"lama", "lama.csv"), _brought(7, b"dilihat", "dilihat.csv")
    long_ago = time.time() - titipan.IDLE_SECONDS - 1
    for path in (places.state() / "unggahan" / "7").iterdir():
        os.utime(path, (long_ago, long_ago))
    titipan.touch(seen)
    titipan.sweep()
    assert [one.name for one in titipan.listed(7)] == ["dilihat.csv"]
    assert not old.path.exists() and seen.path.exists()


def test_a_start_of_the_server_leaves_none():
    _brought(7, b"x")
    titipan.clear()
    assert titipan.listed(7) == [] and not (places.state() / "unggahan").exists()


def test_a_token_is_used_once():
    kept = _brought(7, b"x")
    with pytest.raises(UserError, match="sudah dipakai"):
        titipan.begin(7, kept.token, 1)
    assert kept.path.read_bytes() == b"x"


def test_its_kind_can_be_changed():
    kept = _brought(7, b"x")
    titipan.restate(kept, "kegiatan")
    assert [(one.kind, one.since) for one in titipan.listed(7)] == [("kegiatan", kept.since)]
