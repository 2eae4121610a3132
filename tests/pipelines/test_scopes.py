"""The connection of a pemda account: what lies in it, what it refuses, and that it follows the build."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines import build, questions, scopes, warehouse
from pipelines.errors import UserError
from pipelines.release import quarter_end

OWN, OTHER = "64.08", "64.02"
SCOPE = f"pemda:{OWN}"


def _columns(scope: str) -> dict[str, set[str]]:
    with warehouse.connect(scope).cursor() as cursor:
        rows = cursor.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    tables = {name for name, _ in rows}
    return {table: {column for name, column in rows if name == table} for table in tables}


def test_no_table_holds_a_case_or_a_daily_count(sample_data):
    tables = _columns(SCOPE)
    assert not {"laporan", "harian", "jam", "jam_harian", "lewat_harian", "akses_harian", "batch"} & set(
        tables
    )
    for table, columns in tables.items():
        assert not {"kasus", "tanggal_masuk", "tanggal_tutup", "peristiwa"} & columns, table
    released = set(tables) - set(scopes.offer().tables) - set(scopes.offer().mine)
    assert released == {
        *("triwulan", "titik", "jendela_kecil", "stok", "tanggal_rilis", "kelompok_rincian", "titik_rincian"),
        *("jendela_kecil_rincian", "stok_rincian", "umur_rilis", "jam_rilis"),
    }


def test_breakdowns_are_of_its_own_region_only(sample_data):
    store = warehouse.connect(SCOPE)
    for table in ("kelompok_rincian", "umur_rilis", "jam_rilis"):
        assert store.ask(f"select distinct kode_wilayah from {table}")["kode_wilayah"].to_list() == [OWN]


def test_what_is_held_says_no_count_below_the_threshold(sample_data):
    store = warehouse.connect(SCOPE)
    for table, column in (
        ("stok", "jumlah"),
        ("stok_rincian", "jumlah"),
        ("umur_rilis", "jumlah"),
        ("titik", "masuk"),
    ):
        low = store.ask(f"select count(*) as n from {table} where {column} between 1 and 4")
        assert low["n"].item() == 0


def test_the_full_warehouse_is_gone_and_nothing_outside_can_be_reached(sample_data):
    file = warehouse.current()
    for statement in (
        f"attach '{file}' as lain (read_only)",
        f"select * from '{file}'",
        "select * from read_csv('/etc/passwd')",
        "copy wilayah to '/tmp/keluar.csv'",
        "set enable_external_access = true",
        "select * from sumber.laporan",
        "install httpfs",
    ):
        with warehouse.connect(SCOPE).cursor() as cursor, pytest.raises(duckdb.Error):
            cursor.execute(statement)


@pytest.mark.parametrize("scope", ["pemda:", "pemda:99.99", "pemda", "semuanya", "pemda:64.08 ", ""])
def test_an_unknown_scope_is_refused(sample_data, scope):
    with pytest.raises(UserError, match="Lingkup"):
        questions.answer("daftar_wilayah", scope=scope)


def test_only_the_offered_questions_are_answered(sample_data):
    offered = set(questions.catalogue(SCOPE))
    assert offered == scopes.offer().questions
    for name in set(questions.CATALOGUE) - offered:
        with pytest.raises(UserError, match="tidak tersedia untuk akun pemerintah daerah"):
            questions.answer(name, scope=SCOPE)


def test_every_offered_question_is_answered_with_the_same_columns_and_what_is_withheld(sample_data):
    for name, question in questions.catalogue(SCOPE).items():
        needed = {"wilayah": OWN, "indikator": "masuk"}
        values = {key: value for key, value in needed.items() if question.parameters.get(key)}
        found = questions.answer(name, values, SCOPE)
        assert found.columns == [*questions.CATALOGUE[name].columns, "samar"]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"per_tanggal": "2025-12-30"}, "yang terdekat 2025-12-31"),
        ({"per_tanggal": "2025-11-20"}, "yang terdekat 2025-12-31"),
        ({"per_tanggal": "2025-11-10"}, "yang terdekat 2025-09-30"),
        ({"per_tanggal": "2030-03-31"}, "yang terdekat 2026-09-30"),
        ({"sejak": "2025-01-02"}, "yang terdekat 2025-01-01"),
    ],
)
def test_dates_between_quarter_ends_are_refused_with_the_nearest_one(sample_data, values, sentence):
    for name in ("ringkasan_wilayah", "per_substansi", "sebanding"):
        asked = values | ({"wilayah": OWN} if name == "sebanding" else {})
        with pytest.raises(UserError, match=sentence):
            questions.answer(name, asked, SCOPE)


def test_another_region_is_refused_where_figures_are_its_own(sample_data):
    for name in scopes.offer().own:
        with pytest.raises(UserError, match="Akun ini hanya untuk wilayahnya sendiri"):
            questions.answer(name, {"wilayah": OTHER}, SCOPE)
    assert questions.answer("riwayat_kerja_sama", {"wilayah": OTHER}, SCOPE).height
    assert questions.answer("per_substansi", {}, SCOPE).equals(
        questions.answer("per_substansi", {"wilayah": OWN}, SCOPE)
    )


def test_the_default_date_is_the_last_quarter_end_of_the_data(sample_data):
    assert questions.default_date(SCOPE) == quarter_end(questions.default_date())
    shown = questions.answer("tanggal_data", scope=SCOPE)
    assert shown["per_tanggal_terakhir"].item() == quarter_end(questions.default_date())


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2025, 12, 31), date(2025, 12, 31)),
        (date(2025, 12, 30), date(2025, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2025, 6, 30), date(2025, 6, 30)),
        (date(2025, 3, 30), date(2024, 12, 31)),
    ],
)
def test_the_quarter_end_on_or_before_a_day(day, end):
    assert quarter_end(day) == end


def test_eight_threads_get_the_same_answers_from_one_connection(sample_data):
    regions = [OWN, OTHER] * 4
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda code: questions.answer("ringkasan_wilayah", {}, f"pemda:{code}"), regions)
        )
        opened = list(pool.map(lambda code: warehouse.connect(f"pemda:{code}"), regions))
    assert all(frame.equals(found[0]) for frame in found)
    assert len({id(store) for store in opened}) == 2


def test_the_scope_follows_a_new_build(sample_copy: Path):
    before = warehouse.connect(SCOPE)
    assert warehouse.connect(SCOPE) is before
    build.build(force=True)
    after = warehouse.connect(SCOPE)
    assert after is not before and after.file == warehouse.current()
    assert before.ask("select count(*) as n from titik").equals(after.ask("select count(*) as n from titik"))
