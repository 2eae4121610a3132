"""A person limited to one province: rows of the other are refused by number, the rest goes in."""

import pytest

from pipelines import intake, lake, places
from pipelines.errors import NotYours
from pipelines.intake import WrongUse

HEAD = "nomor_laporan,tanggal_masuk,wilayah_terlapor,tahap\n"


@pytest.fixture
def written(tmp_path):
    def write(*rows: str):
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        file.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return file

    return write


def test_rows_of_the_other_province_are_refused_with_their_numbers(cermin_data, written):
    file = written("1/A,02/01/2026,64.08,", "2/A,02/01/2026,63.02,", "3/A,02/01/2026,63,", "4/A,02/01/2026,,")
    result = intake.check_file("laporan", file, hanya_provinsi="64")
    assert (result.rows, result.accepted, result.rejected) == (4, 2, 2)
    refused = result.problems.filter(level="tolak")
    assert refused["row"].to_list() == [3, 4]
    assert all("satu-satunya provinsi akun Anda" in reason for reason in refused["reason"])


def test_without_a_limit_every_province_goes_in(cermin_data, written):
    file = written("1/A,02/01/2026,64.08,", "2/A,02/01/2026,63.02,")
    assert intake.check_file("laporan", file).rejected == 0


def test_a_case_of_the_other_province_is_not_touched_by_leaving_the_region_out(cermin_data, written):
    intake.ingest_file("laporan", written("2/A,02/01/2026,63.02,"), by="lain")
    result = intake.check_file(
        "laporan", written("2/A,,,Ditutup", "2/B,03/01/2026,64.08,"), hanya_provinsi="64"
    )
    assert result.problems.filter(level="tolak")["row"].to_list() == [2]
    assert result.accepted == 1


def test_a_register_is_limited_too(cermin_data):
    file = places.TEMPLATES / "penilaian.csv"
    foreign = [
        number
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines()[1:], start=2)
        if line.startswith("64")
    ]
    result = intake.check_file("penilaian", file, hanya_provinsi="63")
    assert result.problems.filter(level="tolak")["row"].unique().sort().to_list() == foreign
    assert 0 < len(foreign) < result.rows


def test_coverage_beyond_the_own_province_is_refused(cermin_data, written):
    with pytest.raises(WrongUse, match="hanya untuk provinsi 64"):
        intake.check_file("laporan", written("1/A,02/01/2026,64.08,"), cakupan=["63"], hanya_provinsi="64")


def test_only_the_one_who_made_a_batch_undoes_it_unless_anybody_may(cermin_data, written):
    held = intake.ingest_file("laporan", written("1/A,02/01/2026,64.08,"), by="ani")
    with pytest.raises(NotYours, match="dimuat orang lain"):
        intake.undo_batch(held.batch, by="budi", only_own=True)
    assert [batch.batch for batch in lake.live("laporan")] == [held.batch]
    assert intake.undo_batch(held.batch, by="ani", only_own=True).batch == held.batch
