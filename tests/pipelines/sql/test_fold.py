"""The fold of a case: staging/laporan.sql by itself, in an empty database, against plain Python."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import places, warehouse
from tests.pipelines import boring, extracts
from tests.pipelines.extracts import Extract, laporan

FOLD = (places.SQL / "staging" / "laporan.sql").read_text(encoding="utf-8")
MAY, JUNE, JULY = date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)


def fold(*batches: Extract) -> dict[str, dict[str, Any]]:
    """The folded cases by key; batches in upload order."""
    ordered = [e for _, e in sorted(enumerate(batches), key=lambda pair: (pair[1].per_tanggal, pair[0]))]
    frames = [
        extracts.frame(extract.rows).with_columns(pl.lit(number, pl.Int32).alias("urutan_batch"))
        for number, extract in enumerate(ordered, start=1)
    ]
    with warehouse.workbench() as bench:
        bench.register("muat_laporan", pl.concat(frames))
        return {row["kasus"]: row for row in warehouse.frame(bench, FOLD).to_dicts()}


def test_a_later_date_of_the_data_wins_over_a_later_upload():
    cases = fold(Extract([laporan(1, tahap="LHP")], JULY), Extract([laporan(1, tahap="Pleno")], MAY))
    assert cases["0001/LM/UJI"]["tahap"] == "LHP"


def test_a_later_upload_wins_at_the_same_date():
    cases = fold(Extract([laporan(1, tahap="LHP")], MAY), Extract([laporan(1, tahap="Pleno")], MAY))
    assert cases["0001/LM/UJI"]["tahap"] == "Pleno"


def test_what_is_empty_erases_nothing():
    cases = fold(
        Extract([laporan(1, tahap="LHP", wilayah_terlapor="64.08")], MAY),
        Extract([laporan(1, tanggal_tutup=JUNE)], JUNE),
    )
    told = cases["0001/LM/UJI"]
    assert (told["tahap"], told["wilayah_terlapor"], told["tanggal_tutup"]) == ("LHP", "64.08", JUNE)


def test_kosong_clears_what_earlier_batches_said_and_no_more():
    first = Extract([laporan(1, tanggal_tutup=MAY, tahap="Ditutup")], MAY)
    second = Extract([laporan(1, dikosongkan=["tanggal_tutup"])], JUNE)
    third = Extract([laporan(1, tanggal_tutup=JULY)], JULY)
    assert fold(first, second)["0001/LM/UJI"]["tanggal_tutup"] is None
    assert fold(first, second)["0001/LM/UJI"]["tahap"] == "Ditutup"
    assert fold(first, second, third)["0001/LM/UJI"]["tanggal_tutup"] == JULY


def test_an_undone_batch_uncovers_what_it_had_covered():
    first, second = Extract([laporan(1, tahap="Pleno")], MAY), Extract([laporan(1, tahap="LHP")], JUNE)
    assert fold(first, second)["0001/LM/UJI"]["tahap"] == "LHP"
    assert fold(first)["0001/LM/UJI"]["tahap"] == "Pleno"


def test_agenda_and_nomor_are_one_case_once_any_row_links_them():
    registered = Extract([{"nomor_agenda": "AG-1", "tanggal_masuk": MAY}], MAY)
    closed = Extract([{"nomor_laporan": "1/LM", "tanggal_tutup": JULY}], JULY)
    link = Extract([{"nomor_laporan": "1/LM", "nomor_agenda": "AG-1"}], JUNE)
    assert set(fold(registered, closed)) == {"AG-1", "1/LM"}
    (case,) = fold(registered, closed, link).values()
    assert (case["kasus"], case["nomor_laporan"], case["nomor_agenda"]) == ("1/LM", "1/LM", "AG-1")
    assert (case["tanggal_masuk"], case["tanggal_tutup"]) == (MAY, JULY)


def test_a_case_without_a_kind_is_a_laporan_masyarakat():
    assert fold(Extract([laporan(1)], MAY))["0001/LM/UJI"]["tipe_laporan"] == "LM"
    later = Extract([laporan(1, tahap="LHP")], JUNE)
    assert fold(Extract([laporan(1, tipe_laporan="KNL")], MAY), later)["0001/LM/UJI"]["tipe_laporan"] == "KNL"


DAYS = st.sampled_from([date(2025, month, 15) for month in range(1, 7)])
NAMES = st.sampled_from(["A", "B", "C", "D"])
LINKS = {"A": "AG-A", "B": "AG-B", "C": "AG-C", "D": "AG-D"}


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    name = draw(NAMES)
    keys = {"nomor_laporan": name, "nomor_agenda": LINKS[name]}
    for dropped in draw(st.sampled_from([(), ("nomor_laporan",), ("nomor_agenda",)])):
        del keys[dropped]
    told = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "tanggal_masuk": DAYS,
                "tanggal_tutup": DAYS,
                "tahap": st.sampled_from(["Pleno", "LHP", "Ditutup"]),
                "tipe_laporan": st.sampled_from(["RCO", "KNL"]),
                "wilayah_terlapor": st.sampled_from(["64.08", "63.10"]),
            },
        )
    )
    emptied = draw(st.lists(st.sampled_from(["tanggal_tutup", "tahap", "tipe_laporan"]), unique=True))
    return keys | told | {"dikosongkan": [column for column in emptied if column not in told]}


BATCHES = st.lists(
    st.builds(Extract, st.lists(rows(), min_size=1, max_size=6), st.sampled_from([MAY, JUNE, JULY])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(BATCHES)
def test_any_batches_fold_as_plain_python_folds_them(batches: list[Extract]):
    found = fold(*batches)
    expected = {case["kasus"]: case for case in boring.fold(batches)}
    assert found.keys() == expected.keys()
    for key, case in found.items():
        for column in ("tipe_laporan", "tanggal_masuk", "tanggal_tutup", "tahap", "wilayah_terlapor"):
            assert case[column] == expected[key][column], (key, column)
