"""The three marks of a region a second time: plain Python over the statements of the register."""

from datetime import date
from typing import Any

from tests.pipelines.boring import reference

MARKS = ("payung", "pelaksanaan", "jejaring")
Row = dict[str, Any]


def shipped() -> list[Row]:
    """The shipped register, dates as dates and years as numbers."""
    return [_typed(row) for row in reference("kerja_sama")]


def _typed(row: Row) -> Row:
    dates = {name: date.fromisoformat(row[name]) for name in DATES if row[name]}
    years = {name: int(row[name]) for name in YEARS if row[name]}
    return row | dates | years | {"berakhir_terbuka": None}


EARLIER = {"state": "dalam proses", "stage": "dalam proses"}
DATES = ("tanggal_seremoni", "tanggal_tanda_tangan", "berakhir", "per_tanggal")
YEARS = ("tahun_tanda_tangan", "target_tahun", "jumlah_dokumen")


def statements(rows: list[Row]) -> list[Row]:
    """Each row with `marks` it speaks about, `state` and `day`."""
    kinds = {row["istilah"]: row for row in reference("instrumen")}
    stages = {row["istilah"]: row["tanda_jadi"] for row in reference("tahap_kerja_sama")}
    found = []
    for row in rows:
        kind = kinds[row["instrumen"]]
        stage = stages.get(row.get("tahap_proses"))
        event = row.get("tanggal_tanda_tangan") or row.get("tanggal_seremoni")
        if not event and row.get("tahun_tanda_tangan"):
            event = date(row["tahun_tanda_tangan"], 12, 31)
        marks = (kind["tanda_dinyatakan"] or "").split(" | ")
        state, day = "history", event or row.get("per_tanggal")
        if kind["sifat"] == "keadaan":
            state, day = kind["istilah"].lower(), row.get("per_tanggal") or event
            marks = [row["tanda"]] if row.get("tanda") in MARKS else marks
        elif kind["tanda_dinyatakan"]:
            if stage == "dalam proses" and not row.get("tanggal_tanda_tangan"):
                state, day = "dalam proses", row.get("per_tanggal") or event
            elif stage or event:
                state = "signed"
        found.append(row | {"marks": marks, "state": state, "day": day, "stage": stage})
        stated = row.get("per_tanggal")
        if (
            state == "signed"
            and stage == "dalam proses"
            and stated
            and stated < day
            and not row.get("versi_dari")
        ):
            found.append(
                {"id": row["id"], "kode_wilayah": row["kode_wilayah"], "marks": marks}
                | EARLIER
                | {"day": stated}
            )
    return found


def mark(told: list[Row], region: str, name: str, t: date) -> tuple[str, date | None, bool]:
    """The words of a mark at t, the day of the statement that decides, and whether it is in conflict."""
    own = [s for s in told if s["kode_wilayah"] == region and name in s["marks"] and not s.get("versi_dari")]
    own = [s for s in own if s["day"] and s["day"] <= t]
    signed = [s for s in own if s["state"] == "signed"]
    successors = {
        s["id_pendahulu"]
        for s in told
        if s["state"] == "signed"
        and s.get("id_pendahulu")
        and s["day"]
        and s["day"] <= t
        and not s.get("versi_dari")
    }
    present = [s for s in signed if s["id"] not in successors]
    in_force = [s for s in present if not _ended(s, t)]
    none = [s for s in own if s["state"] == "belum ada"]
    process = [s for s in own if s["state"] == "dalam proses"] if name != "jejaring" else []
    if in_force:
        newest = max(in_force, key=lambda s: (s["day"], _reversed(s["id"])))
        contested = any(v["day"] and v["day"] <= t for v in _versions(told, newest))
        denied = any(n["day"] > newest["day"] for n in none)
        return _term(newest, name, t), newest["day"], contested or denied
    ended = [s for s in present if _ended(s, t)]
    rest = process + ended if present else process + none
    if not rest:
        return "tidak diketahui", None, False
    order = {"dalam proses": 3, "signed": 2, "belum ada": 1}
    last = max(rest, key=lambda s: (s["day"], order[s["state"]], _reversed(s["id"])))
    if last["state"] == "signed":
        return "berakhir", last["day"], any(v["day"] and v["day"] <= t for v in _versions(told, last))
    return last["state"], last["day"], False


def _reversed(text: str) -> tuple[int, ...]:
    """A sort key that puts the alphabetically first id last."""
    return tuple(-ord(letter) for letter in text)


def _versions(told: list[Row], row: Row) -> list[Row]:
    return [
        v for v in told if v.get("versi_dari") and v["versi_dari"] in (row.get("id_peristiwa"), row["id"])
    ]


def _ended(row: Row, t: date) -> bool:
    if row.get("berakhir"):
        return row["berakhir"] < t
    return row["stage"] == "berakhir" and bool(row.get("per_tanggal")) and row["per_tanggal"] <= t


def _term(row: Row, name: str, t: date) -> str:
    if name == "jejaring":
        return "ada"
    if row.get("berakhir"):
        return "segera berakhir" if (row["berakhir"] - t).days <= 180 else "berlaku"
    return "berlaku" if row.get("berakhir_terbuka") == "ya" else "masa berlaku belum diketahui"
