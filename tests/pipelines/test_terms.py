import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import contracts, terms

LAPORAN = contracts.load("laporan")


def judge(name, text, is_many=False):
    return terms.term_judge(LAPORAN.column(name), is_many)(text)


@pytest.mark.parametrize("text", ["", " ", "-", "–", "n/a", "N/A", "NULL", "null", "  -  "])
def test_takes_blank_marks_for_nothing(text):
    assert terms.is_empty(text)


@pytest.mark.parametrize("text", ["0", "nol", "tidak ada", "(kosong)", "--x"])
def test_takes_no_word_for_nothing(text):
    assert not terms.is_empty(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LM", "LM"),
        ("lm", "LM"),
        ("Laporan Masyarakat", "LM"),
        ("RESPON CEPAT", "RCO"),
        ("tembusan", "Tembusan"),
    ],
)
def test_accepts_a_type_by_code_or_full_term(text, code):
    assert judge("tipe_laporan", text).value == code


def test_refuses_an_unknown_type_and_names_the_known_ones():
    verdict = judge("tipe_laporan", "Surat Kaleng")
    assert verdict.refused and "LM" in verdict.fix and "IAPS" in verdict.fix


def test_keeps_an_unknown_subject_with_a_warning():
    verdict = judge("substansi", "Air  Bersih Desa")
    assert (verdict.value, verdict.level, verdict.refused) == ("Air Bersih Desa", "peringatan", False)


@pytest.mark.parametrize(
    ("text", "stage"), [("LAHP", "LHP"), ("lhp", "LHP"), ("Selesai", "Ditutup"), ("ditutup", "Ditutup")]
)
def test_reads_old_words_for_stages(text, stage):
    assert judge("tahap", text).value == stage


def test_splits_several_kinds_and_takes_variants_for_the_term():
    verdict = judge("maladministrasi", "Pungli; penundaan  berlarut | PUNGLI ;-", is_many=True)
    assert verdict.value == "permintaan imbalan | penundaan berlarut"
    assert verdict.reason is None


def test_reads_a_reason_for_closing_by_its_number_on_the_screen():
    assert judge("alasan_tutup", "4").value == "tidak ditemukan maladministrasi"


@given(st.sampled_from(sorted(terms.known_terms(LAPORAN.column("substansi").terms).values())), st.data())
def test_case_spaces_and_punctuation_do_not_change_a_term(term, data):
    spaced = "".join(letter * data.draw(st.integers(1, 3)) if letter == " " else letter for letter in term)
    assert judge("substansi", spaced.swapcase() + " ").value == term


@given(st.text(max_size=60))
def test_no_text_crashes_a_judge(text):
    for name in ("tipe_laporan", "substansi", "maladministrasi"):
        judge(name, text, is_many=name == "maladministrasi")
