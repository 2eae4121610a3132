import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import encoding
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
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-32-be", "utf-32"),
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


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"a,b\r1,2\r", b"a,b\n1,2\n"),
        (b"a,b\r\n1,2\r3,4\n", b"a,b\n1,2\n3,4\n"),
        (b"a,b\r\r\n1,2\r\r\n", b"a,b\r\n1,2\r\n"),
        (b'a,b\n1,"x\ry"\r2,z\n', b'a,b\n1,"x\ry"\n2,z\n'),
        (b'a,b\n1,5" x\r2,z\n', b'a,b\n1,5" x\n2,z\n'),
    ],
)
def test_takes_carriage_returns_alone_for_line_ends_and_says_so(source, expected):
    opened = open_source(source)
    assert content(opened).replace(b"\r\n", b"\n") == expected.replace(b"\r\n", b"\n")
    assert any("CR" in said for said in opened.repairs)


def test_a_carriage_return_inside_a_cell_is_no_repair():
    opened = open_source(b'a,b\n1,"x\ry"\n')
    assert (content(opened), opened.repairs) == (b'a,b\n1,"x\ry"\n', ())


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_line_ends_and_letters_may_fall_on_the_border_of_two_chunks(size, monkeypatch):
    monkeypatch.setattr(encoding, "_CHUNK", size)
    opened = open_source("a,é\r\n1,2\r\n–,3\r\n".encode())
    assert (opened.encoding, opened.repairs) == ("utf-8", ())
    assert open_source(b"a\r\nb\rc\r\n").repairs


def test_takes_zero_bytes_out_and_counts_them():
    opened = open_source(b"nomor_laporan,substansi\nA\0,x\0\n")
    assert content(opened) == b"nomor_laporan,substansi\nA,x\n"
    assert opened.repairs == ("2 karakter NUL dibuang.",)


def test_plain_utf8_needs_no_mention_and_any_other_encoding_is_said():
    assert open_source(TEXT.encode()).repairs == ()
    for codec, word in (("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("utf-32", "UTF-32")):
        assert word in open_source(TEXT.encode(codec)).repairs[0]


def test_suspects_text_that_was_encoded_twice():
    assert open_source(TEXT.encode().decode("cp1252").encode()).is_doubled
    assert not open_source(TEXT.encode()).is_doubled


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf\n<HTML><body><table>", "halaman web"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x05\x06" + bytes(18), "bukan teks"),
        (b"ab\0\1\2\3\4,ef", "bukan teks"),
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
