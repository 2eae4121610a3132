"""The order of need: lexicographic by the factors of its table, each visible, at any date; no score."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipelines import questions
from pipelines.errors import UserError
from tests.pipelines import boring

Row = dict[str, Any]
DAYS = ("2023-06-30", "2025-12-31", "2026-03-31", "2026-10-31")
VALUES = {
    "batas": lambda row: row["hari_ke_batas"],
    "target": lambda row: int(row["target_tahun"] is not None),
    "lewat_tenggat": lambda row: row["lewat_tenggat"],
    "terbuka": lambda row: row["terbuka"],
    "sinyal_tren": lambda row: row["sinyal_tren"],
    "sifat": lambda row: row["sifat"],
    "penilaian": lambda row: row["zona_terakhir"],
}


def asked(**values: Any) -> list[Row]:
    return questions.answer("prioritas_celah", values).to_dicts()


def factors() -> list[Row]:
    return sorted(boring.reference("prioritas_celah"), key=lambda row: int(row["urutan"]))


def step(value: Any, factor: Row) -> int:
    """How urgent a value is by the thresholds of its factor; 0: none is reached, or nothing is known."""
    steps = factor["ambang"].split("|")
    if value is None:
        return 0
    if factor["arah"] == "urutan":
        return len(steps) - steps.index(value) if value in steps else 0
    if factor["arah"] == "banyak":
        return sum(value >= int(one) for one in steps)
    return sum(value <= int(one) for one in steps)


def key(row: Row) -> tuple:
    return (*(-step(VALUES[factor["faktor"]](row), factor) for factor in factors()), row["kode_wilayah"])


@pytest.mark.parametrize("day", DAYS)
def test_the_order_is_that_of_plain_python(sample_data: Path, day: str):
    found = asked(per_tanggal=day)
    assert [row["kode_wilayah"] for row in found] == [row["kode_wilayah"] for row in sorted(found, key=key)]
    assert [row["urutan"] for row in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("day", DAYS)
def test_each_row_says_which_factor_put_it_below_the_one_above(sample_data: Path, day: str):
    found = asked(per_tanggal=day)
    assert found[0]["pembeda"] is None
    for above, row in pairwise(found):
        names = [
            factor["nama"]
            for factor in factors()
            if step(VALUES[factor["faktor"]](row), factor) != step(VALUES[factor["faktor"]](above), factor)
        ]
        assert row["pembeda"] == (names[0] if names else "seri, menurut kode")


@pytest.mark.parametrize("day", DAYS)
def test_the_factors_are_those_of_the_gap_list(sample_data: Path, day: str):
    gaps = {
        row["kode_wilayah"]: row
        for row in questions.answer("celah_kerja_sama", {"per_tanggal": day}).to_dicts()
    }
    found = asked(per_tanggal=day)
    for row in found:
        same = ("nama", "celah", "hari_ke_batas", "target_tahun", "lewat_tenggat", "terbuka", "zona_terakhir")
        assert {name: row[name] for name in same} == {name: gaps[row["kode_wilayah"]][name] for name in same}
        assert (row["sifat"] == "celah dinyatakan") == (row["celah"] is not None)
    stated = [row["kode_wilayah"] for row in gaps.values() if row["celah"]]
    assert [row["kode_wilayah"] for row in found[: len(stated)]] == stated


def test_what_is_not_known_is_told_by_the_state_of_its_marks(sample_data: Path):
    gaps = {row["kode_wilayah"]: row for row in questions.answer("celah_kerja_sama").to_dicts()}
    doubtful = {
        (r["tanda"], r["keadaan"]) for r in boring.reference("celah") if r["celah"] == "perlu dipastikan"
    }
    for row in asked():
        gap = gaps[row["kode_wilayah"]]
        if row["sifat"] == "payung tidak diketahui":
            assert gap["payung"] == "tidak diketahui"
        elif row["sifat"] == "payung perlu dipastikan":
            assert ("payung", gap["payung"]) in doubtful and gap["payung"] != "tidak diketahui"


def test_a_trend_signal_is_only_told_for_the_date_it_was_computed_for(sample_data: Path):
    trends = [row["sinyal_tren"] for row in asked()]
    assert None not in trends and any(trends)
    assert {row["sinyal_tren"] for row in asked(per_tanggal="2026-03-31")} == {None}
    signals = questions.answer("sinyal").filter(aturan="xmr_masuk").drop_nulls("kode_wilayah")
    counted = {row["kode_wilayah"] for row in asked() if row["sinyal_tren"]}
    assert set(signals["kode_wilayah"]) <= counted


def test_a_province_is_ordered_by_itself(sample_data: Path):
    alone = [row["kode_wilayah"] for row in asked(provinsi="63")]
    assert alone == [row["kode_wilayah"] for row in asked() if row["kode_wilayah"].startswith("63")]


def test_a_pemda_account_is_not_offered_the_factors_of_others(sample_data: Path):
    with pytest.raises(UserError, match="tidak tersedia untuk akun pemerintah daerah"):
        questions.answer("prioritas_celah", scope="pemda:64.08")
