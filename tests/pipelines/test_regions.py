import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import reference, regions
from pipelines.regions import AMBIGUOUS, FOREIGN, UNFIT, UNKNOWN

REGIONS = reference.read("wilayah").rows(named=True)
ALIASES = reference.read("wilayah_alias").rows(named=True)
AMBIGUOUS_TEXTS = reference.read("wilayah_rancu")["teks"].to_list()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("64.08", "64.08"), (" 64.08 ", "64.08"), ("64", "64"), ("63", "63"), ("63.10", "63.10")],
        *[
            ("Kab. Banjar", "63.03"),
            ("KAB.BANJAR", "63.03"),
            ("Kabupaten  Banjar", "63.03"),
            ("Pemkab Banjar", "63.03"),
        ],
        *[
            ("Pemerintah Kab. Banjar", "63.03"),
            ("Kab. Banjar, Kalsel", "63.03"),
            ("kab banjar kalimantan selatan", "63.03"),
        ],
        *[
            ("Kutai Timur", "64.08"),
            ("kutai-timur", "64.08"),
            ("Kutai Timur, Kaltim", "64.08"),
            ("Kutim", "64.08"),
        ],
        *[
            ("Kab.Kutai Timur,Prov. Kaltim", "64.08"),
            ("Kutai Timur (Kaltim)", "64.08"),
            ("Kab. Kutim", "64.08"),
        ],
        *[
            ("Kota Baru", "63.02"),
            ("Kotabaru", "63.02"),
            ("Kab. Kotabaru", "63.02"),
            ("Kab. Kota Baru", "63.02"),
        ],
        *[
            ("Kota Samarinda", "64.72"),
            ("Pemerintah Kota Samarinda", "64.72"),
            ("Pemkot Samarinda, Kalimantan Timur", "64.72"),
        ],
        *[
            ("Pemprov Kaltim", "64"),
            ("Prov. Kaltim", "64"),
            ("Provinsi Kalimantan Selatan", "63"),
            ("Kalsel", "63"),
        ],
        *[
            ("Pasir", "64.01"),
            ("Kabupaten HSS", "63.06"),
            ("Banjar Baru", "63.72"),
            ("Penajam Paser Utara", "64.09"),
        ],
    ],
)
def test_finds_a_region_as_people_write_it(text, code):
    verdict = regions.judge(text)
    assert (verdict.value, verdict.reason) == (code, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *[
            ("Banjar", AMBIGUOUS),
            ("Kota Banjar", AMBIGUOUS),
            ("Banjar, Kalsel", AMBIGUOUS),
            ("Kutai", AMBIGUOUS),
        ],
        *[
            ("Kab. Kutai, Kaltim", AMBIGUOUS),
            ("Pemkab Kutai", AMBIGUOUS),
            ("Kota Martapura", AMBIGUOUS),
            ("BPN", AMBIGUOUS),
        ],
        *[
            ("6402", AMBIGUOUS),
            ("6408", AMBIGUOUS),
            ("63.1", AMBIGUOUS),
            ("64,08", AMBIGUOUS),
            ("Samarinda Kota", UNKNOWN),
        ],
        *[
            ("Kota Surabaya", FOREIGN),
            ("Surabaya, Jatim", FOREIGN),
            ("Kab. Bulungan, Kaltara", FOREIGN),
            ("35.78", FOREIGN),
        ],
        *[("Jawa Timur", FOREIGN), ("Prov. Jatim", FOREIGN), ("Kab. Bulungan", FOREIGN)],
        *[
            ("Surabaya", UNKNOWN),
            ("Dinas Kota Samarinda", UNKNOWN),
            ("Kutai Timur dan Berau", UNKNOWN),
            ("64.99", UNKNOWN),
        ],
        *[
            ("Kab. Samarinda", UNFIT),
            ("Kota Kutai Timur", UNFIT),
            ("Kab. Banjar, Kaltim", UNFIT),
            ("Kota Kotabaru", UNFIT),
        ],
        ("Samarinda, Kalsel", UNFIT),
    ],
)
def test_refuses_each_other_text_with_its_own_reason(text, reason):
    verdict = regions.judge(text)
    assert verdict.refused
    assert verdict.reason.startswith(reason)


def test_names_the_candidates_of_an_ambiguous_text():
    fix = regions.judge("Kab. Kutai").fix
    assert all(
        name in fix for name in ("Kutai Barat (64.07)", "Kutai Kartanegara (64.02)", "Kutai Timur (64.08)")
    )


def test_offers_a_near_name_only_as_a_question():
    verdict = regions.judge("Kab. Kutai Tmur")
    assert verdict.refused
    assert "Kabupaten Kutai Timur?" in verdict.fix


@pytest.mark.parametrize(
    "row", [row for row in ALIASES if row["jenis"] != "ibu kota"], ids=lambda row: row["alias"]
)
def test_every_alias_of_the_list_is_found_unless_it_is_ambiguous(row):
    expected = None if row["alias"] in AMBIGUOUS_TEXTS else row["kode_wilayah"]
    assert regions.judge(row["alias"]).value == expected


@pytest.mark.parametrize("text", AMBIGUOUS_TEXTS)
def test_every_text_of_the_ambiguous_list_is_refused(text):
    assert regions.judge(text.upper()).reason.startswith(AMBIGUOUS)


@given(
    st.sampled_from(REGIONS),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "  ", "-", " . "]),
    st.booleans(),
)
def test_jenis_name_and_province_lead_back_to_the_code(row, case, space, with_province):
    province = next(r["nama"] for r in REGIONS if r["kode_wilayah"] == row["kode_provinsi"])
    text = f"{row['jenis']} {row['nama']}" + (f", {province}" if with_province else "")
    assert regions.judge(case(text).replace(" ", space)).value == row["kode_wilayah"]


@given(st.text(max_size=40))
def test_no_text_crashes_and_no_answer_lies_outside_the_list(text):
    verdict = regions.judge(text)
    assert verdict.value is None or verdict.value in {row["kode_wilayah"] for row in REGIONS}
    assert verdict.refused == (verdict.value is None)


@given(st.sampled_from(REGIONS), st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8))
def test_a_name_inside_a_longer_word_is_never_enough(row, more):
    assert regions.judge(f"Pasar {more}{row['nama']}{more}").refused
