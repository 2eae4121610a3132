"""The summary, in three states: the sample, no reports at all, and one province without data."""

from tests.pages.conftest import said


def _metrics(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_says_what_is_open_and_which_gap_matters(sample_data, open_page):
    app = open_page()
    assert "laporan belum selesai: " in app.title[0].value
    told = said(app)
    for words in (
        "Data laporan contoh (sintetis)",
        "menurut wilayah terlapor",
        "Kabupaten Kutai Timur",
        "Kepala Perwakilan Ombudsman RI Kalimantan Timur pada 28 November 2025",
        "https://upnusakita.com/?p=4531",
        "Dibanding 1 Nov 2024 sampai 31 Okt 2025",
        "Data laporan sampai 31 Okt 2026",
        "wilayah tidak diperingkat",
    ):
        assert words in told
    assert list(_metrics(app)) == ["Masuk", "Ditutup", "Terbuka", "Lewat tenggat", "Persen selesai"]


def test_one_province_has_its_own_figures(sample_data, open_page):
    both, east = _metrics(open_page()), _metrics(open_page(provinsi="64"))
    assert int(east["Terbuka"]) < int(both["Terbuka"])
    assert "belum selesai di Kalimantan Timur" in open_page(provinsi="64").title[0].value


def test_an_earlier_day_is_recomputed(sample_data, open_page):
    told = said(open_page(per_tanggal="2023-06-30"))
    assert "Tidak ada celah kerja sama yang dinyatakan sumber" in told
    assert "30 Jun 2023" in told


def test_a_period_without_a_beginning_is_compared_with_nothing(sample_data, open_page):
    assert "tidak punya rentang sebelumnya" in said(open_page(rentang="semua"))


def test_a_day_after_the_data_says_so(sample_data, open_page):
    assert "Data laporan baru sampai 31 Okt 2026" in said(open_page(per_tanggal="2027-05-31"))


def test_without_reports_figures_are_missing_and_registers_stay(no_reports, open_page):
    app = open_page()
    assert app.title[0].value == "Laporan belum selesai di kedua provinsi: tidak ada data"
    assert set(_metrics(app).values()) == {"–"}
    told = said(app)
    assert "Kabupaten Kutai Timur" in told
    assert "Belum ada data laporan" in told
    assert "Data laporan contoh" not in told


def test_a_province_without_data_is_missing_and_not_zero(one_province, open_page):
    west = open_page(provinsi="63")
    assert west.title[0].value.endswith("di Kalimantan Selatan: tidak ada data")
    assert set(_metrics(west).values()) == {"–"}
    assert _metrics(open_page(provinsi="64", rentang="semua"))["Masuk"] not in ("–", "0")
    assert open_page().title[0].value.endswith("Kalimantan Selatan tidak ada data")


def test_an_unknown_page_is_said(sample_data, open_page):
    assert "Halaman pada alamat tidak dikenal" in said(open_page(halaman="tidak-ada"))
