"""What is said and drawn about signals: counts in words, escaped texts, no more cards than a page bears."""

from datetime import date

import polars as pl
import pytest

from pipelines import questions
from portal import signal_findings


@pytest.fixture
def found(sample_data) -> pl.DataFrame:
    return questions.answer("sinyal")


def test_the_headline_counts_what_is_new_and_where(found):
    assert signal_findings.headline(found) == f"{found.height} sinyal baru di dua provinsi"
    one = found.filter(kode_provinsi="63")
    assert signal_findings.headline(one).endswith("sinyal baru di satu provinsi")
    assert signal_findings.headline(one, ("Kalimantan Selatan",)).endswith("baru di Kalimantan Selatan")
    closed = found.with_columns(keadaan=pl.lit("ditutup"))
    assert signal_findings.headline(closed) == "Tidak ada sinyal baru"
    assert signal_findings.headline(found.clear()) == "Tidak ada sinyal baru"


def test_the_counts_by_urgency_add_up(found):
    told = signal_findings.counted(found)
    parts = [int(part.split()[0]) for part in told.split(": ")[1].split(", ")]
    assert sum(parts) == found.height and told.startswith(f"{found.height} sinyal")
    assert signal_findings.counted(found.clear()) == "Tidak ada sinyal untuk pilihan ini"


def test_cards_and_lines_escape_what_a_file_or_a_person_wrote(found):
    bad = "<script>alert(1)</script>"
    row = {"kalimat": bad, "nama": bad, "kasus": bad, "oleh": bad, "catatan": bad, "keadaan": "ditunda"}
    rows = found.with_columns(pl.lit(value).alias(name) for name, value in row.items())
    rows = rows.with_columns(pada=date(2026, 11, 3), sampai=date(2026, 12, 1))
    for drawn in (signal_findings.cards(rows), signal_findings.region_list(rows, '/x"><i>')):
        assert "<script>" not in drawn and "&lt;script&gt;" in drawn and '"><i>' not in drawn
    assert "Ditunda oleh" in signal_findings.cards(rows) and "sampai 1 Des 2026" in signal_findings.cards(
        rows
    )


def test_a_long_list_is_cut_and_says_so(found):
    many = pl.concat([found] * 10).sort("urgensi")
    drawn = signal_findings.cards(many)
    assert drawn.count("<li>") == signal_findings.CARDS and len(drawn) < 60_000
    assert f"{many.height - signal_findings.CARDS} sinyal lain ada pada tabel" in drawn
    assert signal_findings.region_list(many, "").count("<li>") == signal_findings.LINES


def test_every_state_has_a_sign_and_a_word():
    from pipelines.signals.statements import STATES

    assert set(signal_findings.SIGNS) == set(signal_findings.LOOKS) == set(STATES)
    assert len({signal_findings.SIGNS[state] for state in STATES}) == len(STATES)
