"""States of a mark: sign, word and pattern together; the four kinds of missing stay apart."""

from datetime import date

import pytest

from portal import states


def mark(**known) -> dict:
    base = dict.fromkeys(
        ("sejak", "berakhir", "hari_ke_berakhir", "jumlah_opd", "aktif", "per_tanggal_sumber")
    )
    return base | {"keadaan": "berlaku"} | known


def test_every_state_has_a_sign_a_class_and_a_meaning_of_its_own():
    drawn = list(states.STATES.values())
    assert len({state.says for state in drawn}) == len(drawn)
    assert len({states.chip(name) for name in states.STATES}) == len(drawn)


def test_nothing_stated_reads_as_unknown_never_as_none():
    assert "tidak diketahui" in states.chip(None)
    assert "belum ada" not in states.chip(None)


def test_a_state_that_is_not_known_is_shown_as_it_stands_and_escaped():
    assert "&lt;b&gt;" in states.chip("<b>")


def test_a_conflict_is_flagged():
    assert "sumber bertentangan" in states.chip("berlaku", conflict=True)
    assert "sumber bertentangan" not in states.chip("berlaku")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (mark(sejak=date(2026, 1, 27)), "sejak 27 Jan 2026"),
        (mark(keadaan="belum ada", per_tanggal_sumber=date(2025, 11, 28)), "dinyatakan 28 Nov 2025"),
        (mark(keadaan="ada", jumlah_opd=16), "16 OPD"),
        (mark(berakhir=date(2026, 12, 31), hari_ke_berakhir=61), "berakhir 31 Des 2026 (61 hari lagi)"),
        (mark(berakhir=date(2026, 1, 1), hari_ke_berakhir=-3), "berakhir 1 Jan 2026 (3 hari lalu)"),
        (mark(aktif="tidak aktif"), "tidak aktif 12 bulan"),
        (mark(), ""),
    ],
)
def test_the_second_line_says_since_when_and_how_long(row, said):
    assert states.since(row) == said


def test_the_legend_holds_only_what_occurs():
    drawn = states.legend(["belum ada"])
    assert "belum ada" in drawn
    assert "segera berakhir" not in drawn
