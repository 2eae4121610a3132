"""Mendings: a text that nobody knows is read as a known value, in the open and for this file alone."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import contracts, intake, lake, mendings, regions
from pipelines.__main__ import main
from pipelines.errors import UserError

REGION = "wilayah_terlapor"
KUTAI = {(REGION, "Kutai"): "Kab. Kutai Timur"}

pytestmark = pytest.mark.usefixtures("without_build")


def settled(padanan, kind="laporan"):
    return mendings.settled(padanan, contracts.load(kind))


def test_a_mended_text_is_read_as_the_region_in_every_row_that_has_it(laporan):
    content = laporan(*({REGION: text} for text in ("Kutai", " KUTAI ", "Kota Samarinda", "Banjar")))
    result = intake.check_file("laporan", content, padanan=KUTAI)
    assert (result.accepted, result.rejected) == (3, 1)
    assert result.padanan == ((REGION, "Kutai", "64.08"),)
    assert (
        "Padanan wilayah_terlapor: 'Kutai' dibaca Kabupaten Kutai Timur (64.08), di 2 baris."
        in result.repairs
    )


def test_another_file_is_not_touched_by_what_was_remembered(laporan):
    mendings.remember("laporan", settled(KUTAI), "budi")
    result = intake.check_file("laporan", laporan({REGION: "Kutai"}))
    assert result.rejected == 1 and result.padanan == ()
    offered = mendings.known("laporan")[REGION, "kutai"]
    assert (offered["value"], offered["by"]) == ("64.08", "budi")


def test_the_newest_mending_of_a_text_is_the_one_that_is_offered():
    for value in ("64.08", "64.07"):
        mendings.remember("laporan", settled({(REGION, "Kutai"): value}), "budi")
    assert mendings.known("laporan")[REGION, "kutai"]["value"] == "64.07"
    assert mendings.known("kerja_sama") == {}


def test_one_term_of_several_is_mended_and_the_others_stay(laporan):
    content = laporan({"maladministrasi": "berlarut larut sekali; penundaan berlarut"})
    padanan = {("maladministrasi", "berlarut larut sekali"): "tidak memberikan pelayanan"}
    result = intake.ingest_file("laporan", content, padanan=padanan)
    from polars import read_parquet

    stored = read_parquet(lake.live("laporan")[0].path)["maladministrasi"][0]
    assert stored.split(" | ")[0] == settled(padanan)[0][2] and "penundaan berlarut" in stored
    assert result.padanan


@pytest.mark.parametrize(
    ("padanan", "said"),
    [
        ({("tanggal_masuk", "kemarin"): "2025-01-01"}, "kolom itu tidak dapat dipadankan"),
        ({(REGION, "Kota Samarinda"): "64.71"}, "sudah dikenal apa adanya"),
        ({(REGION, "Kutai"): "Kutai Tengah"}, "'Kutai Tengah' tidak dikenal"),
        ({(REGION, "-"): "64.08"}, "sel kosong atau berisi data diri"),
        ({(REGION, "Budi 081234567890"): "64.08"}, "sel kosong atau berisi data diri"),
        ({("substansi", "Air minum desa"): "Air minum kota"}, "'Air minum kota' tidak dikenal"),
    ],
)
def test_a_mending_that_cannot_be_is_said(padanan, said):
    with pytest.raises(UserError, match=r"^Padanan ") as refusal:
        settled(padanan)
    assert said in str(refusal.value)


def test_the_same_file_with_a_mending_is_not_the_file_that_is_held(laporan):
    content = laporan({REGION: "Kutai"}, {REGION: "Kota Samarinda"})
    first = intake.ingest_file("laporan", content)
    assert (first.accepted, first.rejected) == (1, 1)
    mended = intake.ingest_file("laporan", content, padanan=KUTAI)
    assert (mended.accepted, mended.new, mended.unchanged) == (2, 1, 1)
    assert intake.ingest_file("laporan", content, padanan=KUTAI).duplicate_of == mended.batch
    assert intake.ingest_file("laporan", content).duplicate_of in (first.batch, mended.batch)
    assert lake.batches("laporan")[1].padanan == ((REGION, "Kutai", "64.08"),)


def test_what_could_be_mended_is_offered_once_with_its_rows(laporan):
    content = laporan(
        *({REGION: text} for text in ("Kutai", "kutai", "Banjar", "Budi 081234567890", "64.71"))
    )
    offered = intake.check_file("laporan", content).reading.mendable
    assert dict(offered.select("text", "rows").iter_rows()) == {"Kutai": 2, "Banjar": 1}
    assert offered["column"].unique().to_list() == [REGION]


@given(text=st.text(max_size=20), code=st.sampled_from(sorted(regions.gazetteer().display)))
def test_any_mending_is_either_refused_with_a_sentence_or_makes_its_rows_acceptable(text, code):
    column = contracts.load("laporan").column(REGION)
    try:
        made = settled({(REGION, text): code})
    except UserError as refusal:
        assert str(refusal).endswith(".")
        return
    assert made[0][2] == code
    assert mendings._mended(text, column, {mendings.fold(text): code}) == code


def test_the_command_line_takes_mendings_from_a_file(laporan, tmp_path, capsys):
    file, padanan = tmp_path / "a.csv", tmp_path / "padanan.csv"
    file.write_bytes(laporan({REGION: "Kutai"}))
    padanan.write_text("column,text,value\nwilayah_terlapor,Kutai,Kutai Timur\n", encoding="utf-8")
    assert main(["check", "laporan", str(file), "--padanan", str(padanan), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["padanan"] == [[REGION, "Kutai", "64.08"]]


@pytest.mark.parametrize("content", ["column,text\na,b\n", "column,text,value\nwilayah_terlapor,,64.08\n"])
def test_a_file_of_mendings_that_lacks_something_is_refused_with_its_row(tmp_path, content):
    path = tmp_path / "padanan.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="baris 2: kolom column, text, value harus terisi"):
        mendings.read_file(path)
