import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import privacy


def found(text, is_number=False):
    frame = privacy.finds(pl.Series([text]), is_number)
    return [name for name in frame.columns if frame[name][0]]


@pytest.mark.parametrize(
    "text",
    [
        "6472010101900001",
        "NIK: 6472010101900001.",
        "NIK.6472010101900001",
        "Budi/6472010101900001",
        "NIP 198501012010011001",
        "6472 0101 0190 0001",
        "64.72.01.41.01.90.0001",
    ],
)
def test_sees_a_nik(text):
    assert "nik" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "081234567890",
            "0812-3456-7890",
            "hubungi 0812 3456 7890",
            "+62 812-3456-7890",
            "6281234567890",
            "+6281234567890",
        ],
        *[
            "HP.081234567890",
            "telp/0812.3456.7890",
            "(0541) 743536",
            "0541-743536",
            "telp 0541 743536",
            "+62 541 743536",
            "81234567890",
        ],
    ],
)
def test_sees_a_phone_number(text):
    assert "telepon" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "Dinas Kesehatan",
            "Call Center 137",
            "30/ORI-MOU/X/2021",
            "2022-01-01 2022-02-02",
            "Rp1.250.000.000",
            "2022-11-30",
        ],
        *[
            "https://contoh.id/read/2021/12/30/11307/judul",
            "Perda 12 Tahun 2020",
            "0179/LM/VI/2022/BJM",
            "KG-20221130-63.02",
        ],
        "https://kalsel.contoh.id/2026/01/27/0812-3456-7890?p=1234567890123456",
    ],
)
def test_sees_nothing_in_ordinary_texts(text):
    assert found(text) == []


@pytest.mark.parametrize("text", ["010228.2022", "081228.2022", "0812/LM/VI/2022/BJM", "63.2021.0001"])
def test_takes_no_case_number_for_a_phone_number(text):
    assert found(text, is_number=True) == []


@pytest.mark.parametrize("text", ["081234567890", "6472010101900001"])
def test_sees_people_in_a_case_number_too(text):
    assert found(text, is_number=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIK 6472010101900001", "*** ****************"),
        ("telp 0812-3456-7890 ya", "**** ****-****-**** **"),
        ("81234567890", "***********"),
        ("31/12/2025", "31/12/2025"),
        (None, None),
    ],
)
def test_masks_the_whole_cell_that_holds_a_number_of_a_person(text, shown):
    assert privacy.mask(text) == shown


@given(st.from_regex(r"\A[a-z ]{0,10}[1-9]\d{15}[a-z ]{0,10}\Z"))
def test_no_sixteen_digits_are_ever_shown(text):
    assert not any(letter.isdigit() for letter in privacy.mask(text))


@given(st.text(max_size=400))
def test_what_is_shown_is_short(text):
    assert len(privacy.mask(text)) <= privacy.LONGEST_SHOWN
