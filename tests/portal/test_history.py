"""The history of a region: every statement with its source; another version is marked, never dropped."""

from datetime import date

import polars as pl

from portal import history

COLUMNS = {
    "id": "KS-1",
    "tanggal": date(2026, 1, 27),
    "tanggal_seremoni": date(2026, 1, 27),
    "instrumen": "Nota Kesepakatan",
    "nomor": None,
    "judul": None,
    "pihak_ombudsman": "Ombudsman RI",
    "pihak_daerah": "Pemerintah Kabupaten",
    "dinyatakan_oleh": None,
    "tahap_proses": "Penandatanganan",
    "berakhir": None,
    "id_pendahulu": None,
    "is_versi": False,
    "konflik": False,
    "target_tahun": None,
    "sebutan_di_sumber": "MoU",
    "keyakinan": "tinggi",
    "sumber_judul": "Berita",
    "sumber_alamat": "https://contoh.id/a | https://contoh.id/b",
    "catatan": None,
}


def statements(*changes: dict) -> pl.DataFrame:
    return pl.DataFrame([COLUMNS | change for change in changes], infer_schema_length=None)


def test_the_newest_statement_stands_first_and_undated_ones_last():
    drawn = history.html(
        statements({"id": "a", "tanggal": date(2022, 11, 30)}, {"id": "b"}, {"id": "c", "tanggal": None})
    )
    assert drawn.index("27 Jan 2026") < drawn.index("30 Nov 2022") < drawn.index("tanpa tanggal")


def test_another_version_is_shown_as_such():
    drawn = history.html(statements({}, {"is_versi": True, "konflik": True, "keyakinan": "rendah"}))
    assert "tidak dihitung" in drawn
    assert "sumber bertentangan" in drawn
    assert "keyakinan rendah" in drawn


def test_every_address_of_a_source_is_a_link_of_its_own():
    drawn = history.html(statements({}))
    assert drawn.count("<a href=") == 2
    assert 'rel="noopener noreferrer"' in drawn


def test_a_source_without_address_says_so():
    assert "alamat tidak tercatat" in history.html(statements({"sumber_alamat": None}))


def test_text_of_a_source_is_escaped():
    assert "<script>" not in history.html(statements({"catatan": "<script>x</script>"}))


def test_a_hope_is_not_a_schedule():
    assert "harapan, bukan jadwal" in history.html(statements({"target_tahun": 2026}))


def test_nothing_stated_is_said():
    assert "Tidak ada pernyataan" in history.html(statements({}).clear())


def test_words_in_the_place_of_an_end_are_told_until_a_date_is_known():
    words = {"berakhir_tertulis": "Sampai selesai"}
    assert "masa berlaku tertulis “Sampai selesai”" in history.html(statements(words))
    dated = history.html(statements(words | {"berakhir": date(2027, 1, 1)}))
    assert "berakhir 1 Jan 2027" in dated and "Sampai selesai" not in dated
