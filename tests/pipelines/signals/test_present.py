"""Signals as they stand on a day: seen, gone, kept in the history; the question, the digest and the verb."""

import html
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest

from pipelines import __main__ as command_line
from pipelines import build, dates, intake, lake, notes, places, questions, warehouse
from pipelines.errors import UserError
from pipelines.signals import digest, present, sightings, statements
from tests.pipelines import extracts
from tests.pipelines.extracts import Extract, laporan

FIRST, MARCH, JUNE = date(2025, 1, 1), date(2026, 3, 31), date(2026, 6, 30)
FOUND = {"wilayah_terlapor": "64.08", "kesimpulan_lhp": "ditemukan Maladministrasi"}


@pytest.fixture
def late(cermin_data: Path) -> pl.DataFrame:
    """Two laporan beyond their deadline; the answer of `sinyal`."""
    day = date(2026, 1, 5)
    rows = [laporan(n, tanggal_masuk=day, tanggal_lhp=day, **FOUND) for n in (1, 2)]
    extracts.keep(Extract(rows, MARCH, FIRST, ("64",)))
    build.build()
    return questions.answer("sinyal", {"wilayah": "64.08"}).filter(aturan="lewat_tenggat")


def _past(name: str = "lewat_tenggat") -> list[dict]:
    past = present.history(questions.answer("sinyal"), dates.today())
    ids = {one["id"] for one in sightings.known() if one["aturan"] == name}
    return past.filter(pl.col("id").is_in(ids)).to_dicts()


def test_the_state_needs_no_build(late):
    before = warehouse.build_id()
    statements.state(late.row(0, named=True), "ambil", "rina", dates.today())
    row = questions.answer("sinyal", {"wilayah": "64.08"}).filter(aturan="lewat_tenggat").row(0, named=True)
    assert (row["keadaan"], row["oleh"], row["pada"]) == ("ditangani", "rina", dates.today())
    assert warehouse.build_id() == before


def test_a_signal_that_no_longer_holds_stays_in_the_history_with_what_was_said(late):
    assert _past() == []
    statements.state(late.row(0, named=True), "ambil", "rina", dates.today())
    settled = [laporan(n, tanggal_tutup=date(2026, 4, 1), tahap="Ditutup") for n in (1, 2)]
    extracts.keep(Extract(settled, JUNE, FIRST, ("64",)))
    build.build()
    assert questions.answer("sinyal").filter(aturan="lewat_tenggat").is_empty()
    (gone,) = _past()
    assert (gone["keadaan"], gone["oleh"], gone["hilang"]) == ("tidak lagi berlaku", "rina", dates.today())


def test_an_undone_batch_brings_a_signal_back_as_it_was(late):
    statements.state(late.row(0, named=True), "ambil", "rina", dates.today())
    settled = [laporan(n, tanggal_tutup=date(2026, 4, 1), tahap="Ditutup") for n in (1, 2)]
    kept = extracts.keep(Extract(settled, JUNE, FIRST, ("64",)))
    build.build()
    lake.undo(kept.batch, "uji")
    build.build()
    again = questions.answer("sinyal", {"wilayah": "64.08"}).filter(aturan="lewat_tenggat")
    assert again.select("id", "keadaan").rows() == [(late["id"].item(), "ditangani")]
    assert _past() == []


def test_a_build_that_finds_the_same_notes_nothing(late):
    before = len(notes.read(sightings.KIND))
    build.build(force=True)
    assert len(notes.read(sightings.KIND)) == before == 1


def test_closed_signals_are_in_the_list_and_in_the_history(late):
    statements.state(late.row(0, named=True), "tutup", "rina", dates.today(), "sudah ditanyakan semua")
    assert [row["keadaan"] for row in _past()] == ["ditutup"]
    assert questions.answer("sinyal").filter(aturan="lewat_tenggat")["keadaan"].to_list() == ["ditutup"]


def test_a_signal_of_sample_laporan_is_not_kept_in_the_history_of_real_ones(sample_copy, laporan):
    assert questions.answer("sinyal")["contoh"].any()
    intake.ingest_file("laporan", laporan({}), per_tanggal=date(2025, 12, 31), cakupan=["64"])
    known = {one["id"]: one for one in sightings.known()}
    past = present.history(questions.answer("sinyal"), dates.today())
    assert [known[name] for name in past["id"] if known[name]["contoh"]] == []
    assert not questions.answer("sinyal")["contoh"].any()


def test_the_question_is_asked_by_region_province_and_since(sample_data):
    everything = questions.answer("sinyal")
    assert everything.columns[:8] == [
        "id", "aturan", "pokok", "periode", "sejak", "nilai", "batas", "keadaan"
    ]  # fmt: skip
    for name, column, value in [("wilayah", "kode_wilayah", "64.72"), ("provinsi", "kode_provinsi", "63")]:
        found = questions.answer("sinyal", {name: value})
        assert found.height and found.equals(everything.filter(pl.col(column) == value))
    day = date(2026, 1, 1)
    since = questions.answer("sinyal", {"sejak": day})
    assert since.equals(everything.filter(pl.col("sejak") >= day)) and since.height < everything.height


def test_a_pemda_account_is_warned_about_its_own_agreements_and_nothing_else(sample_data):
    own = questions.answer("peringatan_wilayah", {"wilayah": "64.08"}, scope="pemda:64.08")
    assert own["judul"].to_list() == ["Batas daftar rencana kerja sama"]
    held = warehouse.connect("pemda:64.08").ask("from sinyal")
    assert set(held["untuk_pemda"]) == {"ya"} and set(held["kode_wilayah"]) == {"64.08"}
    asked = {"wilayah": "64.72"}
    assert questions.answer("peringatan_wilayah", asked, scope="pemda:64.72").is_empty()
    with pytest.raises(UserError, match="hanya untuk wilayahnya sendiri"):
        questions.answer("peringatan_wilayah", asked, scope="pemda:64.08")
    with pytest.raises(UserError, match="tidak tersedia"):
        questions.answer("sinyal", {}, scope="pemda:64.08")


def test_no_rule_about_laporan_is_meant_for_a_pemda():
    from pipelines import reference

    public = reference.read("aturan_sinyal").filter(untuk_pemda="ya")
    assert set(public["kode"]) == {
        *("kerja_sama_berakhir", "batas_daftar", "tidak_aktif"),
        *("kewajiban_lewat", "kewajiban_tanpa_status"),
    }
    assert not public["kalimat"].str.contains("laporan").any()


class _Checker(HTMLParser):
    """Collects tags and text; what an attacker wrote must come out as text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.text += data


def test_the_html_digest_is_one_escaped_page_that_fetches_nothing(sample_data):
    found = questions.answer("sinyal").with_columns(kalimat=pl.lit('<script src="//x">"&</script>'))
    checker = _Checker()
    checker.feed(digest.html(found, None))
    assert '<script src="//x">"&</script>' in checker.text
    allowed = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "ul", "li", "p", "small"}
    assert {tag for tag, _ in checker.tags} <= allowed
    assert {name for _, attrs in checker.tags for name, _ in attrs} <= {"lang", "charset"}


def test_the_digest_tells_what_could_be_seen_since_a_day_and_says_when_there_is_nothing(sample_data):
    found, today = questions.answer("sinyal"), dates.today()
    assert digest.since(found, today - timedelta(400)).height == found.height
    assert "tidak ada sinyal baru" in digest.text(found, today + timedelta(1))
    text = digest.text(found, None)
    assert text.splitlines()[0] == f"Deteksi Dini: {found.height} sinyal baru [data laporan contoh]"
    assert len(re.findall(r"^\* ", text, re.MULTILINE)) == found.height
    assert "CONTOH/" not in text + html.unescape(digest.html(found, None))


def test_a_signal_that_was_put_into_the_warehouse_late_is_new_since_it_could_be_seen(late):
    assert late["sejak"].item() < MARCH and late["tampak"].item() == dates.today()
    assert digest.since(questions.answer("sinyal"), dates.today()).height >= 1


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_verb_writes_the_digest(sample_copy, capsys, form):
    assert command_line.main(["signals", "--since", "2026-01-01", "--format", form]) == 0
    assert "Deteksi Dini: " in capsys.readouterr().out


def test_the_verb_writes_objects_for_scripts(sample_copy, capsys):
    assert command_line.main(["signals", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["keadaan"] for row in rows} == {"baru"} and rows[0]["urgensi"] == 1
    with pytest.raises(SystemExit):
        command_line.main(["signals", "--since", "kemarin"])


def test_notes_lie_below_the_state_folder(late):
    assert (places.state() / "sinyal" / "penampakan" / "000001.json").is_file()
