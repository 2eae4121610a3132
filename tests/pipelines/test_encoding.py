import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.encoding import open_source

TEXT = "nomor_laporan,instansi\nA/1,Dinas Pé\u2013sisir\n"


def content(opened):
    return opened.content if isinstance(opened.content, bytes) else opened.content.read_bytes()


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1252", "windows-1252"),
    ],
)
def test_reads_every_encoding_to_the_same_text(codec, name):
    opened = open_source(TEXT.encode(codec))
    assert opened.encoding == name
    assert content(opened).decode("utf-8-sig") == TEXT
    assert opened.head().startswith("nomor_laporan")


def test_a_late_byte_decides_the_encoding_too():
    source = ("a,b\n" + "x,y\n" * 3_000_000 + "é,y\n").encode("cp1252")
    assert open_source(source).encoding == "windows-1252"


def test_hashes_the_bytes_of_the_file_not_of_its_text():
    for codec in ("utf-8", "utf-16", "cp1252"):
        source = TEXT.encode(codec)
        assert open_source(source).sha256 == hashlib.sha256(source).hexdigest()


def test_takes_carriage_returns_alone_for_line_ends():
    assert content(open_source(b"a,b\r1,2\r")) == b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"ab\0cd,ef", "bukan teks"),
        (b"a\n\x81\xff", "penyandian"),
    ],
)
def test_refuses_what_is_no_text_and_says_what_to_do(source, word):
    opened = open_source(source)
    assert opened.encoding is None and word in opened.refusal


def test_never_writes_the_text_to_a_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    file = tmp_path / "windows.csv"
    file.write_bytes(TEXT.encode("cp1252"))
    open_source(file)
    assert [path.name for path in tmp_path.iterdir()] == ["windows.csv"]


@given(st.binary(max_size=300))
def test_no_bytes_crash_it(source):
    opened = open_source(source)
    assert (opened.encoding is None) == (opened.refusal is not None)
