"""Obligations on Wilayah and SP4N-LAPOR! on Tren, with records and without, for each role."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines import build, intake
from portal import obligations, sp4n_blocks
from tests.pages.conftest import opened, said, titles
from tests.pipelines import extracts
from tests.pipelines.extracts import Extract

OWN, OTHER = "64.08", "64.72"
DAY = "2026-09-30"


@pytest.fixture(scope="module")
def recorded_folder(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, products for two regions, and an export of SP4N-LAPOR!."""
    folder = tmp_path_factory.mktemp("kewajiban") / "cermin"
    shutil.copytree(sample_folder, folder)
    before, os.environ["CERMIN_DATA"] = os.environ["CERMIN_DATA"], str(folder)
    plain = {
        "tanggal": date(2026, 1, 10),
        "batas_tindak_lanjut": date(2026, 3, 31),
        "penerima": "Dinas <b>X</b>",
    }
    done = {"status_tindak_lanjut": "dilaksanakan", "tanggal_tindak_lanjut": date(2026, 4, 2)}
    late = {"jenis": "rekomendasi", "pokok": "membuka loket", "status_tindak_lanjut": "sebagian"}
    rows = [
        plain | late | {"nomor": "T/1", "kode_wilayah": OWN},
        plain | done | {"nomor": "T/2", "kode_wilayah": OWN, "jenis": "saran perbaikan"},
        plain | late | {"nomor": "T/3", "kode_wilayah": OTHER, "pokok": "hal wilayah lain"},
    ]
    lapor = b"Tracking ID;Tanggal Laporan Masuk;Kategori;Status Laporan;Provinsi;Kota/Kabupaten\n"
    lapor += b"".join(
        b"900%04d;%d Jul 2026;Jalan;Selesai;;Kab. Kutai Timur\n" % (n, n % 28 + 1) for n in range(30)
    )
    try:
        extracts.keep(Extract(rows, date(2026, 9, 30), kind="produk"))
        intake.ingest_file("sp4n", lapor, "lapor.csv")
        build.build()
    finally:
        os.environ["CERMIN_DATA"] = before
    return folder


@pytest.fixture
def recorded(recorded_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("CERMIN_DATA", str(recorded_folder))
    return recorded_folder


@pytest.mark.parametrize(("role", "own"), [("pimpinan", None), ("pemda", OWN)])
def test_a_region_sees_what_it_owes_in_full(recorded, role, own):
    app = opened("wilayah", role=role, own=own, kode=OWN, per_tanggal=DAY)
    told = said(app)
    assert "Kewajiban: 1 lewat batas, dari 2 produk pengawasan" in titles(app)
    assert "Rekomendasi: membuka loket" in told and "lewat 183 hari" in told and "sebagian" in told
    assert (
        "Patuh 50,0% (9,5–90,5%): 1 dari 2 yang jatuh tempo dilaksanakan, 1 di antaranya sesudah batas."
        in told
    )
    assert "Dinas &lt;b&gt;X" in told and "Dinas <b>X" not in told
    assert "hal wilayah lain" not in told and "T/3" not in told
    assert "disamarkan" not in told.split("Kewajiban:")[1].split("Penilaian")[0]


def test_nothing_recorded_is_not_no_obligation(sample_data, open_page):
    app = open_page("wilayah", kode=OWN)
    assert "Kewajiban: belum ada yang tercatat" in titles(app)
    assert obligations.NOTHING in said(app)


def test_the_section_on_sp4n_stands_last_and_apart(recorded, open_page):
    app = open_page("tren", per_tanggal=DAY, rentang="semua")
    told = said(app)
    assert sp4n_blocks.APART in told and "Cakupan ekspor SP4N-LAPOR!" in told
    own = [title for title in titles(app) if "SP4N" in title]
    assert own == titles(app)[-5:]
    assert own[0].startswith("30 laporan SP4N-LAPOR!")
    assert "Kategori terbanyak pada SP4N-LAPOR!: Jalan, 30 dari 30 laporan (100%)" in own
    assert "1 dari 25 wilayah muncul pada ekspor SP4N-LAPOR!" in own
    assert (
        len([title for title in titles(open_page("tren", wilayah=OWN, per_tanggal=DAY)) if "SP4N" in title])
        == 4
    )
    elsewhere = said(open_page("tren", wilayah=OTHER, per_tanggal=DAY))
    assert sp4n_blocks.OUTSIDE in elsewhere and "tidak ada data" in elsewhere


def test_without_an_export_the_section_says_so(any_data, open_page):
    told = said(open_page("tren"))
    assert sp4n_blocks.NONE in told and sp4n_blocks.APART in told


@pytest.mark.parametrize(
    ("role", "own", "count"),
    [("admin", None, "3 produk tercatat pada 2 wilayah"), ("pemda", OWN, "2 produk tercatat pada 1 wilayah")],
)
def test_the_method_page_defines_the_rate(recorded, role, own, count):
    app = opened("metode", role=role, own=own)
    told = said(app)
    assert "Produk pengawasan" in told and "jatuh tempo, penyebut" in told and "selang Wilson 95%" in told
    assert count in titles(app)
