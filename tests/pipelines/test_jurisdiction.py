"""A person limited to one province: rows of the other are refused by number, the rest goes in."""

import pytest

from pipelines import intake, lake, places, waiting
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


EVERY_KIND = {
    "kerja_sama": ("kode_wilayah,instrumen,tanggal_tanda_tangan", "{},PKS,01/02/2025"),
    "penilaian": ("kode_wilayah,tahun,skema,status_lokus", "{},2024,Kepatuhan 2022-2024,dinilai"),
    "kegiatan": ("kode_wilayah,jenis,tanggal", "{},kunjungan,01/02/2025"),
    "narahubung": ("kode_wilayah,opd,tanggal_komitmen", "{},Dinas Kesehatan,01/02/2025"),
    "produk": ("kode_wilayah,nomor,jenis,tanggal", "{0},P/{0},saran perbaikan,01/02/2025"),
    "sp4n": ("kabupaten_kota,tracking_id,tanggal_masuk", "{},{number},01/02/2025"),
    "laporan": ("wilayah_terlapor,nomor_laporan,tanggal_masuk", "{0},L/{0},01/02/2025"),
}


def _file_of(kind: str, *regions: str) -> bytes:
    head, row = EVERY_KIND[kind]
    rows = [row.format(code, number=number) for number, code in enumerate(regions, start=70_001)]
    return "\n".join([head, *rows, ""]).encode()


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_each_kind_refuses_the_other_province(cermin_data, kind):
    result = intake.check_file(kind, _file_of(kind, "64.08", "63.02", "63"), hanya_provinsi="64")
    assert (result.accepted, result.rejected) == (1, 2), result.problems.to_dicts()
    refused = result.problems.filter(level="tolak")
    assert refused["row"].to_list() == [3, 4]
    assert all("satu-satunya provinsi akun Anda" in reason for reason in refused["reason"])


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_waits_is_held_to_the_limit_when_it_is_resumed(cermin_data, kind):
    checked = intake.look_at(kind, _file_of(kind, "64.08", "63.02"), "a.csv")
    token = waiting.keep(7, checked.result, checked.frame, checked.refused_keys, checked.sha256)
    held = waiting.take(7, token)
    kept = intake.ingest_waiting(held, "ani", hanya_provinsi="64")
    assert (kept.accepted, kept.rejected, kept.cakupan) == (1, 1, ("64",))


def test_a_coverage_stated_before_the_limit_is_refused_when_it_is_resumed(cermin_data):
    checked = intake.look_at("laporan", _file_of("laporan", "64.08", "63.02"), "a.csv")
    told = (checked.result, checked.frame, checked.refused_keys, checked.sha256)
    token = waiting.keep(7, *told, cakupan=("63", "64"))
    with pytest.raises(WrongUse, match="hanya untuk provinsi 64"):
        intake.look_again(waiting.take(7, token), "64")


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_batch_that_speaks_for_another_province_is_not_undone_by_a_limited_account(cermin_data, kind):
    kept = intake.ingest_file(kind, _file_of(kind, "64.08", "63.02"), "a.csv", by="ani")
    with pytest.raises(NotYours, match="Kalimantan Selatan"):
        intake.undo_batch(kept.batch, by="ani", only_own=True, hanya_provinsi="64")
    assert [batch.batch for batch in lake.live(kind)] == [kept.batch]
    assert intake.undo_batch(kept.batch, by="ani", only_own=True).batch == kept.batch


def test_an_own_batch_of_the_own_province_is_undone_by_a_limited_account(cermin_data):
    kept = intake.ingest_file("produk", _file_of("produk", "64.08"), "a.csv", by="ani")
    assert not intake.undo_batch(kept.batch, by="ani", only_own=True, hanya_provinsi="64").live


def test_an_sp4n_row_that_names_another_province_beside_its_region_is_refused(cermin_data):
    text = (
        "tracking_id,tanggal_masuk,provinsi,kabupaten_kota\n70001,01/02/2025,64,64.08\n"
        "70002,01/02/2025,Kalimantan Selatan,\n70003,01/02/2025,63,64.08\n70004,01/02/2025,,\n"
    )
    result = intake.check_file("sp4n", text.encode(), hanya_provinsi="64")
    refused = result.problems.filter(level="tolak")
    assert refused["row"].to_list() == [3, 4]
    assert refused["column"].to_list() == ["provinsi", "provinsi"]


@pytest.mark.parametrize("column", ["id_pendahulu", "id_induk", "versi_dari"])
def test_an_agreement_of_the_other_province_is_not_renewed_or_disputed_from_here(cermin_data, column):
    known = "KG-20260127-63" if column == "versi_dari" else "KS-63.02-20260127-NK"
    text = f"kode_wilayah,instrumen,tanggal_tanda_tangan,{column}\n64.08,PKS,01/02/2026,{known}\n"
    result = intake.check_file("kerja_sama", text.encode(), hanya_provinsi="64")
    assert result.rejected == 1 and "yang ditunjuk" in result.problems["reason"][0]
    assert intake.check_file("kerja_sama", text.encode(), hanya_provinsi="63").rejected == 1
    assert intake.check_file("kerja_sama", text.encode()).rejected == 0


def test_a_row_of_the_own_province_is_renewed(cermin_data):
    head = "kode_wilayah,instrumen,tanggal_tanda_tangan,id_pendahulu\n"
    text = head + "64.02,PKS,01/02/2026,KS-64.02-20220518-FP\n"
    assert intake.check_file("kerja_sama", text.encode(), hanya_provinsi="64").rejected == 0


@pytest.mark.parametrize(("kind", "key"), [("kerja_sama", "id"), ("produk", "nomor"), ("kegiatan", "id")])
def test_a_row_of_the_other_province_is_not_taken_over_by_its_key(cermin_data, kind, key):
    head, row = EVERY_KIND[kind]
    there, here = row.format("63.02"), row.format("64.08")
    if key == "id":
        head, there, here = f"id,{head}", f"X-1,{there}", f"X-1,{here}"
    else:
        here = here.replace("P/64.08", "P/63.02")
    intake.ingest_file(kind, f"{head}\n{there}\n".encode(), "a.csv", by="lain")
    result = intake.check_file(kind, f"{head}\n{here}\n".encode(), hanya_provinsi="64")
    assert result.rejected == 1 and "tercatat pada wilayah di luar" in result.problems["reason"][0]
