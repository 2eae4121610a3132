from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines import dates

DAY = date(2025, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31/12/2025",
        "31-12-2025",
        "31.12.2025",
        "2025-12-31",
        "2025/12/31",
        "31 Des 2025",
        "31 Desember 2025",
        "31 desember 2025",
        "31-Des-2025",
        "31 Dec 2025",
        "31 December 2025",
        "December 31, 2025",
        "Dec 31, 2025",
        "  31/12/2025 ",
        "2025-12-31 08:30",
        "2025-12-31 08:30:00",
        "2025-12-31T08:30:00",
        "31/12/2025 8.30",
        "31/12/2025 08:30 WITA",
    ],
)
def test_reads_a_date_in_every_form_offices_use(text):
    assert dates.judge(text).value == DAY


@pytest.mark.parametrize(
    ("name", "month"),
    [
        *[
            ("Jan", 1),
            ("Januari", 1),
            ("January", 1),
            ("Feb", 2),
            ("Pebruari", 2),
            ("Februari", 2),
            ("February", 2),
        ],
        *[
            ("Mar", 3),
            ("Maret", 3),
            ("March", 3),
            ("Apr", 4),
            ("April", 4),
            ("Mei", 5),
            ("May", 5),
            ("Jun", 6),
        ],
        *[
            ("Juni", 6),
            ("June", 6),
            ("Jul", 7),
            ("Juli", 7),
            ("July", 7),
            ("Agt", 8),
            ("Agu", 8),
            ("Agustus", 8),
        ],
        *[
            ("Ags", 8),
            ("Aug", 8),
            ("August", 8),
            ("Sep", 9),
            ("Sept", 9),
            ("September", 9),
            ("Okt", 10),
            ("Oct", 10),
        ],
        *[("Oktober", 10), ("October", 10), ("Nov", 11), ("Nop", 11), ("Nopember", 11), ("November", 11)],
        *[("Des", 12), ("Dec", 12), ("Desember", 12), ("December", 12)],
    ],
)
def test_knows_indonesian_and_english_months(name, month):
    assert dates.judge(f"7 {name} 2025").value == date(2025, month, 7)
    assert dates.judge(f"7 {name.upper()} 2025").value == date(2025, month, 7)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2025", "tidak ada di kalender"),
        ("2025-13-01", "tidak ada di kalender"),
        ("29 Februari 2025", "tidak ada di kalender"),
        ("0/0/2025", "tidak ada di kalender"),
        ("31/12/25", "tahun hanya dua angka"),
        ("31 Des 25", "tahun hanya dua angka"),
        ("45992", "angka seri Excel"),
        ("45992,5", "angka seri Excel"),
        ("kemarin", "bentuk tanggal tidak dikenal"),
        ("31 Dsb 2025", "bentuk tanggal tidak dikenal"),
        ("20251231", "bentuk tanggal tidak dikenal"),
        ("12/2025", "bentuk tanggal tidak dikenal"),
        ("31/12/2025 dan 1/1/2026", "bentuk tanggal tidak dikenal"),
    ],
)
def test_refuses_each_unreadable_date_with_its_own_reason(text, reason):
    verdict = dates.judge(text)
    assert verdict.refused and verdict.value is None
    assert reason in verdict.reason
    assert verdict.fix


def test_reads_the_month_first_only_when_told_so():
    assert dates.judge("03/04/2025").value == date(2025, 4, 3)
    assert dates.judge("03/04/2025", dates.MONTH_FIRST).value == date(2025, 3, 4)
    assert dates.judge("2025-03-04", dates.MONTH_FIRST).value == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("31/12/2025", "dmy"),
        ("12/31/2025", "mdy"),
        ("12/31/2025 08:00", "mdy"),
        ("03/04/2025", None),
        ("31/31/2025", None),
        ("02/30/2025", None),
        ("2025-12-31", None),
        ("31 Des 2025", None),
        ("kosong", None),
    ],
)
def test_takes_as_evidence_only_what_exists_in_one_order(text, order):
    assert dates.evidence(text) == order


@given(
    st.dates(date(2000, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y"]),
)
def test_returns_every_date_as_it_was_written(day, form):
    assert dates.judge(day.strftime(form)).value == day


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)))
def test_both_orders_return_the_date_written_in_their_order(day):
    assert dates.judge(day.strftime("%m/%d/%Y"), dates.MONTH_FIRST).value == day
    assert dates.judge(day.strftime("%d/%m/%Y"), dates.DAY_FIRST).value == day


@given(st.text(max_size=40))
@example("٣/٤/٢٠٢٥")
@example("1/1/0000")
def test_never_crashes_and_never_answers_without_a_reason(text):
    verdict = dates.judge(text)
    assert (verdict.value is None) == verdict.refused
    dates.evidence(text)
