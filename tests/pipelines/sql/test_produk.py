"""Products of oversight: the status that held on a day, what was late, the rate, and what a pemda holds."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import build, intake, lake, questions, scopes, warehouse
from pipelines.errors import UserError
from pipelines.intervals import wilson
from tests.pipelines import extracts
from tests.pipelines.extracts import Extract

OWN, OTHER = "64.08", "64.02"
START, DUE = date(2026, 1, 10), date(2026, 3, 31)
MARCH, JUNE, JULY = date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 31)


def produk(nomor: str, **told: Any) -> dict[str, Any]:
    """A product of OWN with a due date, unless something else is told."""
    plain = {"jenis": "saran perbaikan", "tanggal": START, "kode_wilayah": OWN, "batas_tindak_lanjut": DUE}
    return {"nomor": nomor} | plain | told


def keep(rows: list[dict[str, Any]], per_tanggal: date) -> lake.Batch:
    return extracts.keep(Extract(rows, per_tanggal, kind="produk"))


def states(t: date, wilayah: str = OWN, scope: str = "semua") -> dict[str, str]:
    found = questions.answer("produk_wilayah", {"wilayah": wilayah, "per_tanggal": t}, scope)
    return {row["nomor"]: row["keadaan"] for row in found.to_dicts()}


def rate(t: date, **values: Any) -> dict[str, Any]:
    found = questions.answer("kepatuhan_produk", {"per_tanggal": t, "wilayah": OWN, **values})
    return found.row(0, named=True)


def test_each_state_by_hand(cermin_data: Path):
    rows = [
        produk("1", status_tindak_lanjut="dilaksanakan", tanggal_tindak_lanjut=date(2026, 3, 1)),
        produk("2", status_tindak_lanjut="belum"),
        produk("3", status_tindak_lanjut="sebagian"),
        produk("4"),
        produk("5", status_tindak_lanjut="belum", batas_tindak_lanjut=date(2026, 12, 31)),
        produk("6", status_tindak_lanjut="belum", batas_tindak_lanjut=None),
        produk("7", status_tindak_lanjut="tidak dilaksanakan"),
        produk("8", status_tindak_lanjut="dilaksanakan", tanggal_tindak_lanjut=date(2026, 5, 1)),
        produk("9", kode_wilayah=OTHER),
    ]
    keep(rows, JUNE)
    build.build()
    told = {"1": "dilaksanakan", "2": "lewat", "3": "lewat", "4": "tidak diketahui", "5": "berjalan"}
    told |= {"6": "tanpa batas waktu", "7": "tidak dilaksanakan", "8": "dilaksanakan"}
    assert states(JUNE) == told
    assert list(states(JUNE))[:3] == ["2", "3", "4"], "what is late comes first"
    row = rate(JUNE)
    counts = {name: row[name] for name in ("jumlah", "jatuh_tempo", "dilaksanakan", "terlambat", "lewat")}
    assert counts == {"jumlah": 8, "jatuh_tempo": 6, "dilaksanakan": 2, "terlambat": 1, "lewat": 2}
    assert (row["tanpa_status"], row["tanpa_batas"]) == (1, 1)
    low, high = wilson(2, 6)
    assert row["persen_patuh"] == pytest.approx(100 * 2 / 6)
    assert (row["bawah"], row["atas"]) == (pytest.approx(100 * low), pytest.approx(100 * high))


def test_a_day_before_is_told_as_it_stood(cermin_data: Path):
    done = {"status_tindak_lanjut": "dilaksanakan", "tanggal_tindak_lanjut": date(2026, 5, 1)}
    keep([produk("1", **done)], JUNE)
    build.build()
    assert states(date(2026, 1, 9)) == {}
    assert states(DUE) == {"1": "berjalan"}, "the due day itself is not late"
    assert states(date(2026, 4, 1)) == {"1": "tidak diketahui"}
    assert states(date(2026, 5, 1)) == {"1": "dilaksanakan"}


def test_a_later_statement_wins_and_the_older_one_stays_in_the_history(cermin_data: Path):
    keep([produk("1", status_tindak_lanjut="belum")], MARCH)
    later = keep([produk("1", status_tindak_lanjut="dilaksanakan", tanggal_tindak_lanjut=JUNE)], JUNE)
    build.build()
    assert states(date(2026, 4, 30)) == {"1": "lewat"} and states(JUNE) == {"1": "dilaksanakan"}
    history = questions.answer("riwayat_produk", {"wilayah": OWN, "per_tanggal": JULY})
    assert history["status_tindak_lanjut"].to_list() == ["belum", "dilaksanakan"]
    lake.undo(later.batch, "uji")
    build.build()
    assert states(JUNE) == {"1": "lewat"}


def test_an_earlier_list_that_is_uploaded_late_does_not_win(cermin_data: Path):
    keep([produk("1", status_tindak_lanjut="dilaksanakan", tanggal_tindak_lanjut=JUNE)], JUNE)
    keep([produk("1", status_tindak_lanjut="belum")], MARCH)
    build.build()
    assert states(JULY) == {"1": "dilaksanakan"}


def test_a_blank_date_erases_nothing_and_a_date_alone_keeps_the_status(cermin_data: Path):
    done = {"status_tindak_lanjut": "dilaksanakan"}
    keep([produk("1", **done, tanggal_tindak_lanjut=date(2026, 2, 1)), produk("2", **done)], MARCH)
    keep([produk("1", **done), produk("2", tanggal_tindak_lanjut=date(2026, 2, 2))], JUNE)
    build.build()
    found = questions.answer("produk_wilayah", {"wilayah": OWN, "per_tanggal": JULY})
    dates = {row["nomor"]: row["tanggal_tindak_lanjut"] for row in found.to_dicts()}
    assert dates == {"1": date(2026, 2, 1), "2": date(2026, 2, 2)}
    assert set(states(JULY).values()) == {"dilaksanakan"}


def test_a_cleared_status_is_unknown_again(cermin_data: Path):
    keep([produk("1", status_tindak_lanjut="dilaksanakan")], MARCH)
    keep([produk("1", dikosongkan=["status_tindak_lanjut"])], JUNE)
    build.build()
    assert states(JULY) == {"1": "tidak diketahui"}


def test_nothing_recorded_is_no_zero(cermin_data: Path):
    build.build()
    assert states(JUNE) == {}
    assert rate(JUNE)["jumlah"] is None
    keep([produk("1")], MARCH)
    build.build()
    assert rate(JUNE, sejak=date(2026, 6, 1))["jumlah"] == 0


STATUS = [None, "belum", "sebagian", "dilaksanakan", "tidak dilaksanakan"]
DAYS = st.integers(0, 200).map(lambda days: START + timedelta(days))
PRODUK = st.fixed_dictionaries(
    {
        "status_tindak_lanjut": st.sampled_from(STATUS),
        "tanggal_tindak_lanjut": st.none() | DAYS,
        "batas_tindak_lanjut": st.none() | DAYS,
        "kode_wilayah": st.sampled_from([OWN, OTHER]),
    }
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(PRODUK, min_size=1, max_size=9), t=DAYS)
def test_the_rate_counts_what_the_list_says(tmp_path_factory: Any, rows: list[dict], t: date):
    told = [produk(str(number), **row) for number, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERMIN_DATA", str(tmp_path_factory.mktemp("cermin")))
        keep(told, JULY)
        build.build()
        row, listed = rate(t), states(t)
    own = [one for one in told if one["kode_wilayah"] == OWN]
    assert set(listed) == {one["nomor"] for one in own}
    due = [one for one in own if one["batas_tindak_lanjut"] and one["batas_tindak_lanjut"] < t]
    done = [one for one in due if one["status_tindak_lanjut"] == "dilaksanakan" and _since(one) <= t]
    assert (row["jumlah"] or 0, row["jatuh_tempo"] or 0) == (len(own), len(due))
    assert (row["dilaksanakan"] or 0) == len(done)
    assert sum(state == "lewat" for state in listed.values()) == (row["lewat"] or 0)


def _since(one: dict[str, Any]) -> date:
    return one["tanggal_tindak_lanjut"] or JULY


@pytest.fixture
def with_obligations(sample_copy: Path) -> Path:
    """The sample, and products of two regions."""
    keep([produk("1", status_tindak_lanjut="belum"), produk("2", kode_wilayah=OTHER)], JUNE)
    build.build()
    return sample_copy


def test_a_pemda_holds_its_own_obligations_in_full_and_no_others(with_obligations: Path):
    scope = f"pemda:{OWN}"
    store = warehouse.connect(scope)
    for table in scopes.offer().mine:
        assert set(store.ask(f"select kode_wilayah from {table}")["kode_wilayah"]) == {OWN}, table
    assert states(JUNE, scope=scope) == states(JUNE) == {"1": "lewat"}
    own = questions.answer("kepatuhan_produk", {"per_tanggal": JUNE}, scope)
    assert own["kode_wilayah"].to_list() == [OWN] and own["jatuh_tempo"].item() == 1
    for question in ("produk_wilayah", "kepatuhan_produk", "riwayat_produk"):
        with pytest.raises(UserError, match="Akun ini hanya untuk"):
            questions.answer(question, {"wilayah": OTHER}, scope)


def test_a_pemda_is_not_offered_sp4n(with_obligations: Path):
    store = warehouse.connect(f"pemda:{OWN}")
    tables = store.ask("select distinct table_name as nama from duckdb_tables()")["nama"].to_list()
    assert not [name for name in tables if "sp4n" in name]
    assert not [name for name in questions.catalogue(f"pemda:{OWN}") if name.startswith("sp4n")]


def test_a_list_of_an_office_is_read_without_names(cermin_data: Path, csv_bytes: Callable[..., bytes]):
    heads = [
        "Nomor Surat",
        "Jenis Produk",
        "Tanggal",
        "Kab/Kota",
        "OPD",
        "Nama Pejabat",
        "Tentang",
        "Batas Waktu",
    ]
    row = [
        "T/12/LM",
        "TK",
        "10/01/2026",
        "Kab. Kutai Timur",
        "Dinas X",
        "Budi",
        "membuka loket",
        "31/03/2026",
    ]
    long = ["T/13/LM", "Rekomendasi", "10/01/2026", "Kab. Kutai Timur", "Dinas X", "Ani", "x" * 201, ""]
    early = [
        "T/14/LM",
        "saran perbaikan",
        "10/01/2026",
        "Kab. Kutai Timur",
        "Dinas X",
        "Ani",
        "y",
        "01/01/2026",
    ]
    result = intake.check_file("produk", csv_bytes(heads, [row, long, early]), "p.csv")
    assert (result.accepted, result.rejected) == (1, 2)
    assert result.dropped_columns == ("Nama Pejabat",)
    reasons = " ".join(result.problems["reason"])
    assert "lebih dari 200 huruf" in reasons and "batas_tindak_lanjut sebelum tanggal" in reasons
