"""The same file the usual way: pandas reads it, pandera checks it, the good rows go to Parquet.

The checks are those that the contract of laporan makes of the columns of the benchmark's file; only the
refusals are found, without the sentences that explain them. Made as fast as the two libraries allow: each
distinct text of a column is folded once, checks are whole-column, and the lists are the shipped ones.
"""

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pipelines.places import REFERENCE

DATES = (
    "tanggal_masuk",
    "tanggal_verifikasi",
    "tanggal_pleno",
    "tanggal_lhp",
    "tanggal_resmon",
    "tanggal_tutup",
)
REGIONS = ("wilayah_terlapor", "wilayah_pelapor")
TERMS = {
    "tipe_laporan": ("kode", "istilah"),
    "kelompok_instansi": ("istilah",),
    "substansi": ("istilah",),
    "cara_penyampaian": ("istilah",),
    "tahap": ("istilah", "istilah_lama"),
    "alasan_tutup": ("istilah", "kode"),
}
FILES = {"kelompok_instansi": "kelompok_terlapor"}
STRICT = ("tipe_laporan",)
TEXTS = ("nomor_laporan", "nomor_agenda", "instansi_terlapor", "peristiwa", "maladministrasi", "klasifikasi")
EARLIEST = pd.Timestamp(2000, 1, 1)
NOT_WORD = re.compile(r"[^\w]+|_+")
PRIVATE = r"(?<!\d)(?:\d{16}|(?:\+62|62|0)8\d{8,11})(?!\d)"


def run(file: str, out: str) -> dict:
    """Check the file and write its good rows; how many were accepted and refused."""
    names = [*DATES, *REGIONS, *TERMS, *TEXTS, "kesimpulan_lhp"]
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, usecols=lambda name: name in names)
    typed = _typed(frame)
    refused = _refused(typed)
    good = typed[~typed.index.isin(refused)].drop(columns=[name for name in typed if name.startswith("_")])
    good = good.drop_duplicates()
    good.to_parquet(Path(out))
    return {"accepted": len(typed) - len(refused), "rejected": len(refused)}


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Trimmed text, dates day first, regions as codes and terms as kept; `_x` says that x was filled in."""
    typed = {}
    for name in frame:
        texts = frame[name].astype("category")
        distinct = texts.cat.categories.str.strip()
        if name in DATES:
            values = _days(distinct)
        elif name in REGIONS or name in TERMS:
            lookup = _regions() if name in REGIONS else _terms(name)
            known = [lookup.get(_fold(text)) for text in distinct]
            is_open = name in TERMS and name not in STRICT
            values = pd.Series(
                [
                    one or (text or None if is_open else None)
                    for one, text in zip(known, distinct, strict=True)
                ]
            )
        else:
            values = pd.Series(distinct).replace({"": None, "-": None})
        codes = texts.cat.codes.to_numpy()
        typed[name] = values.take(codes).set_axis(frame.index)
        typed[f"_{name}"] = pd.Series(~distinct.isin(["", "-"])).take(codes).set_axis(frame.index)
    return pd.DataFrame(typed)


def _days(texts: pd.Index) -> pd.Series:
    found = pd.to_datetime(pd.Series(texts), format="%d/%m/%Y", errors="coerce")
    return found.fillna(pd.to_datetime(pd.Series(texts), format="%Y-%m-%d", errors="coerce"))


def _schema(typed: pd.DataFrame) -> pa.DataFrameSchema:
    """Every cell that is filled in can be read; every row has a number, a date and its dates in order."""
    read = [
        pa.Check(lambda frame, name=name: frame[name].notna() | ~frame[f"_{name}"], name=f"{name} dikenal")
        for name in (*DATES, *REGIONS, *STRICT)
        if name in typed
    ]
    private = [
        pa.Check(
            lambda frame, name=name: ~frame[name].str.contains(PRIVATE, na=False), name=f"{name} pribadi"
        )
        for name in TEXTS
        if name in typed
    ]
    whole = [
        pa.Check(
            lambda frame: frame["nomor_laporan"].notna() | frame["nomor_agenda"].notna(), name="bernomor"
        ),
        pa.Check(lambda frame: frame["tanggal_masuk"].notna(), name="tanggal_masuk terisi"),
        pa.Check(
            lambda frame: ~(frame["tanggal_tutup"] < frame["tanggal_masuk"]), name="tutup sesudah masuk"
        ),
        pa.Check(lambda frame: ~_torn(frame), name="satu kunci satu isi"),
    ]
    columns = {
        name: pa.Column(nullable=True, checks=pa.Check.ge(EARLIEST)) for name in DATES if name in typed
    }
    return pa.DataFrameSchema(columns, checks=read + private + whole)


def _torn(frame: pd.DataFrame) -> pd.Series:
    """Rows whose number another row has with other contents."""
    case = frame["nomor_laporan"].fillna(frame["nomor_agenda"])
    twice = case.duplicated(keep=False) & case.notna()
    rows = frame[twice]
    differs = ~rows.duplicated(keep=False)
    return pd.Series(False, index=frame.index).where(~twice, differs.reindex(frame.index, fill_value=False))


def _refused(typed: pd.DataFrame) -> pd.Index:
    try:
        _schema(typed).validate(typed, lazy=True)
    except SchemaErrors as found:
        return pd.Index(found.failure_cases["index"].dropna().astype("int64").unique())
    return pd.Index([])


def _terms(name: str) -> dict[str, str]:
    rows = pd.read_csv(REFERENCE / f"{FILES.get(name, name)}.csv", dtype=str, keep_default_na=False)
    spelled, *also = TERMS[name]
    pairs = [
        (_fold(row[column]), row[spelled])
        for row in rows.to_dict("records")
        for column in (spelled, *also)
        if column in row
    ]
    return dict(pairs)


def _regions() -> dict[str, str]:
    rows = pd.read_csv(REFERENCE / "wilayah.csv", dtype=str)
    aliases = pd.read_csv(REFERENCE / "wilayah_alias.csv", dtype=str)
    known = {_fold(code): code for code in rows["kode_wilayah"]}
    known |= {
        _fold(f"{kind} {name}"): code
        for code, kind, name in zip(rows["kode_wilayah"], rows["jenis"], rows["nama"], strict=True)
    }
    return known | {
        _fold(alias): code for alias, code in zip(aliases["alias"], aliases["kode_wilayah"], strict=True)
    }


def _fold(text: str) -> str:
    return NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
