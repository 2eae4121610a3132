"""Published figures against each other: every contradiction of the register is found by a rule."""

import re
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from pipelines import questions
from tests.pipelines import boring

Row = dict[str, Any]
Found = dict[tuple[str, str, str], tuple[float, str]]
HARD = {"bertentangan", "masa bertentangan", "batas data berbeda"}
NEAR_DAYS, COINCIDENCE = 31, 100


def asked(**values: Any) -> list[Row]:
    return questions.answer("rekonsiliasi", values).to_dicts()


def register() -> list[Row]:
    """The register with numbers and dates, as plain dicts."""
    listed = []
    for row in boring.reference("angka_publikasi"):
        start, end = (
            row[name] and date.fromisoformat(row[name]) for name in ("periode_mulai", "periode_akhir")
        )
        listed.append(row | {"nilai": float(row["nilai"]), "start": start, "end": end or None})
    return listed


def version(row: Row) -> bool:
    return row["versi"] == "ya"


def same_time(a: Row, b: Row) -> bool:
    return (a["start"], a["end"]) == (b["start"], b["end"])


def about_the_same_time(a: Row, b: Row) -> bool:
    if a["start"] != b["start"]:
        return False
    return a["end"] is None or b["end"] is None or abs((a["end"] - b["end"]).days) <= NEAR_DAYS


def sums(rows: list[Row]) -> Found:
    """Totals against their parts: all readings of a rule until one fits."""
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for rule in boring.reference("aturan_rekonsiliasi"):
        if rule["bagian"] and not rule["penyebut"] and rule["aturan"] != "definisi":
            by = rule["bagian"] if rule["rincian"] == "*" else rule["aturan"]
            groups[rule["aturan"], by].append(rule)
    found: Found = {}
    for (name, _), rules in groups.items():
        for place in {row["kode_wilayah"] for row in rows}:
            for time in {(row["start"], row["end"]) for row in rows}:
                here = [
                    row for row in rows if row["kode_wilayah"] == place and (row["start"], row["end"]) == time
                ]
                for is_version in (False, True):
                    parts = [row for row in here if version(row) == is_version]
                    found |= _read_until_it_fits(name, rules, here, parts)
    return found


def _read_until_it_fits(name: str, rules: list[Row], here: list[Row], parts: list[Row]) -> Found:
    found: Found = {}
    for reading in sorted({int(rule["bacaan"]) for rule in rules}):
        fits = False
        for total in here:
            mine = [
                rule
                for rule in rules
                if int(rule["bacaan"]) == reading and rule["terbit"] == total["indikator"]
            ]
            if total["rincian"] or not mine:
                continue
            used = [part for part in parts if any(_is_part(part, rule) for rule in mine)]
            if len(used) < 2:
                continue
            value = sum(part["nilai"] for part in used)
            needed = {rule["bagian"] for rule in mine if rule["wajib"] == "ya"}
            is_whole = bool(needed) and needed <= {part["indikator"] for part in used}
            other_unit = mine[0]["rincian"] == "*" and any(part["satuan"] != total["satuan"] for part in used)
            state = "bagian tidak lengkap"
            if value == total["nilai"]:
                state, fits = "cocok", True
            elif value > total["nilai"] and other_unit:
                state = "definisi berbeda"
            elif value > total["nilai"] or is_whole:
                state = "bertentangan"
            ids = " | ".join(sorted(part["id"] for part in used))
            found.setdefault((total["id"], ids, name), (value, state))
        if fits:
            break
    return found


def _is_part(part: Row, rule: Row) -> bool:
    if part["indikator"] != rule["bagian"] or bool(part["rincian"]) != (rule["rincian"] == "*"):
        return False
    return not rule["satuan"] or part["satuan"] == rule["satuan"]


def quotients(rows: list[Row]) -> Found:
    """Shares and ratios computed again from the figures printed beside them."""
    found: Found = {}
    for printed in rows:
        rules = [
            r
            for r in boring.reference("aturan_rekonsiliasi")
            if r["penyebut"] and r["terbit"] == printed["indikator"]
        ]
        for rule in sorted(rules, key=lambda rule: int(rule["bacaan"])):
            fits = False
            for part in rows:
                for whole in rows:
                    if (
                        part["indikator"] != rule["bagian"]
                        or whole["indikator"] != rule["penyebut"]
                        or part["rincian"] != printed["rincian"]
                        or whole["rincian"]
                        or version(part)
                        or version(whole)
                        or len({one["kode_wilayah"] for one in (part, whole, printed)}) > 1
                        or not same_time(part, printed)
                        or not same_time(whole, printed)
                    ):
                        continue
                    value = int(rule["pengali"]) * part["nilai"] / whole["nilai"]
                    digits = next(
                        n for n in (0, 1, 2) if n == 2 or round(printed["nilai"], n) == printed["nilai"]
                    )
                    state = "bertentangan"
                    if f"{value:.{digits}f}" == f"{printed['nilai']:.{digits}f}":
                        state, fits = "cocok", True
                    elif abs(value - printed["nilai"]) < 10**-digits:
                        state = "beda pembulatan"
                    found[printed["id"], f"{part['id']} | {whole['id']}", rule["aturan"]] = (value, state)
            if fits:
                break
    return found


def repetitions(rows: list[Row]) -> Found:
    """The same figure printed twice: another value, or the same value for another time."""
    found: Found = {}
    for one, other in combinations(sorted(rows, key=lambda row: (version(row), row["id"])), 2):
        if any(one[name] != other[name] for name in ("kode_wilayah", "indikator", "rincian")):
            continue
        is_equal = one["nilai"] == other["nilai"]
        if about_the_same_time(one, other):
            if not same_time(one, other):
                state = "masa bertentangan" if is_equal else "batas data berbeda"
            else:
                state = "cocok" if is_equal else "bertentangan"
        else:
            apart = (
                one["end"] and other["end"] and (one["start"] > other["end"] or other["start"] > one["end"])
            )
            telling = one["nilai"] >= COINCIDENCE or one["nilai"] % 1
            if not (is_equal and apart and telling and one["satuan"] != "persen"):
                continue
            state = "masa bertentangan"
        rule = "nilai_sama_masa_lain" if state == "masa bertentangan" else "publikasi_lain"
        found[one["id"], other["id"], rule] = (other["nilai"], state)
    return found


def definitions(rows: list[Row]) -> Found:
    """Figures that sound alike, of the same time, side by side."""
    found: Found = {}
    for rule in boring.reference("aturan_rekonsiliasi"):
        if rule["aturan"] != "definisi":
            continue
        for one in rows:
            for other in rows:
                if (
                    (one["indikator"], one["rincian"]) == (rule["terbit"], None)
                    and (other["indikator"], other["rincian"]) == (rule["bagian"], rule["rincian"])
                    and one["kode_wilayah"] == other["kode_wilayah"]
                    and about_the_same_time(one, other)
                ):
                    state = "cocok" if one["nilai"] == other["nilai"] else "definisi berbeda"
                    found[one["id"], other["id"], "definisi"] = (other["nilai"], state)
    return found


def times(rows: list[Row]) -> Found:
    """A long time against the years in it, and against a part of it that is more than the whole."""
    found: Found = {}
    dated = [row for row in rows if row["end"] and not version(row)]
    for whole in dated:
        inside = [
            row
            for row in dated
            if all(row[name] == whole[name] for name in ("kode_wilayah", "indikator", "rincian", "satuan"))
            and whole["start"] <= row["start"]
            and row["end"] <= whole["end"]
            and not same_time(row, whole)
        ]
        counts = whole["satuan"] not in ("persen", "rasio", "nilai", "orang")
        years = [row for row in inside if (row["start"], row["end"]) == _year(row["start"].year)]
        if counts and whole["start"].year < whole["end"].year and len(years) > 1:
            value = sum(row["nilai"] for row in years)
            state = "bertentangan" if value > whole["nilai"] else "bagian tidak lengkap"
            state = "cocok" if value == whole["nilai"] else state
            found[whole["id"], " | ".join(sorted(row["id"] for row in years)), "jumlah_masa"] = (value, state)
        for row in inside:
            all_of_it = whole["satuan"] == "persen" and whole["nilai"] == 100 and row["nilai"] < 100
            if (counts and row["nilai"] > whole["nilai"]) or all_of_it:
                found[whole["id"], row["id"], "masa_di_dalam_masa"] = (row["nilai"], "bertentangan")
    return found


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


@pytest.mark.parametrize("rules", [sums, quotients, repetitions, definitions, times])
def test_a_rule_finds_what_plain_python_finds(sample_data: Path, rules):
    expected = rules(register())
    names = {name for _, _, name in expected}
    found = {
        (row["id_terbit"], row["id_pembanding"], row["aturan"]): (row["bagian"], row["keadaan"])
        for row in asked()
        if row["aturan"] in names
    }
    assert expected and set(found) == set(expected)
    for key, (value, state) in expected.items():
        assert found[key] == (pytest.approx(value), state), key


KNOWN = [  # (terbit, pembanding, aturan): the contradictions that reading the register shows
    ("AP64-011", "AP64-019", "nilai_sama_masa_lain"),  # 422: printed on 12 December, and "until 31 December"
    ("AP64-011", "AP64-020", "publikasi_lain"),  # 422 and 429
    ("AP64-023", "AP64-021", "publikasi_lain"),  # 424 and 460
    ("AP64-039", "AP64-040 | AP64-043 | AP64-044", "jumlah_tipe"),  # 253 and 119 + 94 + 41
    ("AP64-040", "AP64-047", "definisi"),  # 119 LM came in, 92 LM were followed up
    ("AP64-064", "AP64-065", "publikasi_lain"),  # 85,64 and 85,54 in one article
    ("AP64-065", "AP64-062 | AP64-061", "hitung_persen"),  # 161 of 188 is not 85,54
    ("AP64-061", "AP64-066 | AP64-067 | AP64-068 | AP64-069", "jumlah_maladministrasi"),  # 219 of 188
    ("AP64-080", "AP64-076 | AP64-079", "hitung_persen"),  # 213 of 168 is 126,79
    ("AP64-064", "AP64-080", "definisi"),  # share of reports and share of the target
    ("AP63-018", "AP63-019", "definisi"),  # 245 LM and 236 in the rate
    ("AP63-038", "AP63-041", "publikasi_lain"),  # 145 and 114
    ("AP63-039", "AP63-042", "publikasi_lain"),  # 171 and 206
    ("AP63-040", "AP63-043", "publikasi_lain"),  # 41 and 37
    ("AP63-070", "AP63-025", "masa_di_dalam_masa"),  # 100 percent in four years, 99,58 in one of them
    ("AP63-070", "AP63-032", "masa_di_dalam_masa"),  # and 92,07 in another
    ("AP63-071", "AP63-072", "nilai_sama_masa_lain"),  # Rp3,48 miliar of 2021, or of 2022
    ("APID-005", "APID-006", "definisi"),  # 10.846 and 10.837
]


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: " ".join(known[:1]))
def test_a_contradiction_that_a_reader_sees_is_found(sample_data: Path, known: tuple[str, str, str]):
    rows = [row for row in asked() if (row["id_terbit"], row["id_pembanding"], row["aturan"]) == known]
    assert len(rows) == 1 and rows[0]["keadaan"] != "cocok"


def test_the_jenis_of_a_year_are_fewer_than_its_reports(sample_data: Path):
    (row,) = [
        row for row in asked() if (row["id_terbit"], row["aturan"]) == ("AP63-050", "jumlah_maladministrasi")
    ]
    assert (row["terbit"], row["bagian"], row["selisih"]) == (298, 243, -55)


SAYS_SO = re.compile(
    r"bertentangan|berbeda dari|juga memuat|(lebih|kurang) dari \d|menyebut \d|memakai \d+, bukan|"
    r"berjumlah \d"
)


def test_no_remark_of_the_register_is_the_only_place_that_says_so(sample_data: Path):
    remarked = {row["id"] for row in register() if version(row) or SAYS_SO.search(row["catatan"])}
    different = set()
    for row in asked():
        if row["keadaan"] != "cocok" and row["aturan"] != "hitungan_kita":
            different |= {row["id_terbit"], *row["id_pembanding"].split(" | ")}
    assert len(remarked) > 25
    assert remarked - different == set()


def test_two_versions_of_the_parts_are_never_added_up(sample_data: Path):
    rows = [row for row in asked() if (row["id_terbit"], row["aturan"]) == ("AP63-037", "jumlah_tipe")]
    assert [(row["bagian"], row["keadaan"]) for row in rows] == [(357, "cocok")] * 2


def test_our_own_count_stands_where_the_data_cover_the_time(sample_data: Path):
    ours = {
        row["id_terbit"]: (row["hitungan_kita"], row["selisih"]) for row in asked() if row["bagian"] is None
    }
    beside = questions.answer("rekonsiliasi_publikasi").drop_nulls("hitungan_kita").to_dicts()
    assert ours == {row["id"]: (row["hitungan_kita"], row["selisih"]) for row in beside} != {}
    early = [row for row in asked(per_tanggal="2021-03-30") if row["aturan"] == "hitungan_kita"]
    assert early == []


def test_a_province_is_asked_alone(sample_data: Path):
    rows = asked(provinsi="63")
    assert {row["kode_wilayah"] for row in rows} == {"63"}
    assert rows == [row for row in asked() if row["kode_wilayah"] == "63"]


def test_hard_contradictions_come_first(sample_data: Path):
    states = [row["keadaan"] in HARD for row in asked()]
    assert states == sorted(states, reverse=True)


def test_every_rule_is_explained(sample_data: Path):
    assert all(row["penjelasan"].endswith(".") for row in asked())
    rules = {row["aturan"] for row in boring.reference("aturan_rekonsiliasi")}
    assert {row["aturan"] for row in asked()} <= rules
