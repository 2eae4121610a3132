"""From a file to the lake: check it whole, keep what is accepted, build, and say what happened."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import (
    accept,
    build,
    check,
    contracts,
    dates,
    jurisdiction,
    lake,
    mapping,
    mendings,
    options,
    progress,
)
from pipelines.accept import Checked, Stated
from pipelines.contracts import Contract
from pipelines.errors import UserError
from pipelines.lake import Batch
from pipelines.options import WrongUse
from pipelines.read import Table, read
from pipelines.result import Result
from pipelines.waiting import Waiting

SOMEONE = "tidak disebut"


def check_file(
    kind: str,
    source: Path | bytes,
    file_name: str | None = None,
    per_tanggal: date | None = None,
    sejak: date | None = None,
    cakupan: tuple[str, ...] | list[str] | None = None,
    date_order: str | None = None,
    hanya_provinsi: str | None = None,
    sheet: str | None = None,
    padanan: Mapping[tuple[str, str], str] | None = None,
    kolom: Mapping[str, str] | None = None,
) -> Result:
    """Say what ingesting a file would do; nothing is written. WrongUse for a wrong kind, path or option.

    sheet: the sheet of a workbook, needed when several could be meant. padanan: (column, text) -> value, a
    text read as a known region or term; kolom: own heading -> column, for headings that nobody knows.
    """
    stated = options.stated(kind, per_tanggal, sejak, cakupan, date_order, hanya_provinsi, padanan, kolom)
    return _check(kind, source, file_name, stated, sheet).result


def look_at(
    kind: str, source: Path | bytes, file_name: str, sheet: str | None = None, **stated: Any
) -> Checked:
    """As check_file, with the accepted rows beside the result: for a comparison, and to be kept waiting."""
    return _check(kind, source, file_name, options.stated(kind, **stated), sheet)


def look_again(waiting: Waiting, hanya_provinsi: str | None = None) -> Checked:
    """What was read earlier, held against the lake as it is now; nothing is written."""
    contract = contracts.load(waiting.result.kind)
    options.demand_own(waiting.cakupan, hanya_provinsi)
    if holder := lake.held(contract.kind, waiting.sha256, waiting.result.padanan, waiting.result.kolom):
        return Checked(_held(replace(waiting.result), holder), waiting.frame.clear(), waiting.sha256)
    return accept.accept_again(waiting, contract, hanya_provinsi)


def ingest_waiting(
    waiting: Waiting,
    by: str,
    hanya_provinsi: str | None = None,
    before_keep: Callable[[Result], None] | None = None,
) -> Result:
    """Keep the rows of what was read earlier as a batch and build, as ingest_file does for a file."""
    with lake.locked("ingest"), lake.locked("build"):
        lake.recover()
        checked = look_again(waiting, hanya_provinsi)
        if checked.result.duplicate_of or not checked.result.accepted:
            return checked.result
        if before_keep:
            before_keep(checked.result)
        return _keep(checked, by)


def ingest_file(
    kind: str,
    source: Path | bytes,
    file_name: str | None = None,
    per_tanggal: date | None = None,
    sejak: date | None = None,
    cakupan: tuple[str, ...] | list[str] | None = None,
    date_order: str | None = None,
    by: str | None = None,
    hanya_provinsi: str | None = None,
    sheet: str | None = None,
    padanan: Mapping[tuple[str, str], str] | None = None,
    kolom: Mapping[str, str] | None = None,
    before_keep: Callable[[Result], None] | None = None,
) -> Result:
    """Check a file, keep its accepted rows as a batch and build. A failed build undoes the batch again.

    hanya_provinsi: the one province that the person may touch; rows of other provinces are refused.
    sheet, padanan, kolom: as in check_file.
    before_keep: called with the result of the check right before rows are kept.

    UserError when another process is at work or the disk cannot be written: then nothing has changed.
    """
    stated = options.stated(kind, per_tanggal, sejak, cakupan, date_order, hanya_provinsi, padanan, kolom)
    with lake.locked("ingest"), lake.locked("build"):
        lake.recover()
        checked = _check(kind, source, file_name, stated, sheet)
        if checked.result.duplicate_of:
            build.build()
        elif checked.result.accepted:
            if before_keep:
                before_keep(checked.result)
            return _keep(checked, by or SOMEONE)
        return checked.result


def undo_batch(
    batch: str,
    by: str | None = None,
    only_own: bool = False,
    before_undo: Callable[[], None] | None = None,
    hanya_provinsi: str | None = None,
) -> Batch:
    """Undo a batch and build. UserError if it is unknown or already undone; NotYours if it may not be.

    only_own: refuse a batch that `by` did not make; the sample is nobody's. hanya_provinsi: refuse one that
    speaks for another province as well, whoever made it. before_undo: called right before the mark is set.
    """
    with lake.locked("ingest"), lake.locked("build"):
        lake.recover()
        jurisdiction.demand_batch(batch, by if only_own else None, hanya_provinsi)
        if before_undo:
            before_undo()
        undone = lake.undo(batch, by or SOMEONE)
        progress.tell("Membangun ulang gudang data")
        try:
            build.build()
        except BaseException:
            lake.restore(undone)
            raise
        return undone


def keep_file(
    kind: str, source: Path, *, per_tanggal: date, sejak: date, cakupan: list[str], by: str
) -> Batch:
    """Check a file and keep its accepted rows without a build, for a lake that is built right after.

    UserError when nothing is accepted.
    """
    with lake.locked("ingest"):
        lake.recover()
        checked = _check(kind, source, None, options.stated(kind, per_tanggal, sejak, cakupan, None))
        if not checked.result.accepted:
            raise UserError(
                f"Tidak ada baris {source.name} yang dapat diterima; lihat alasannya dengan check."
            )
        return _stored(checked, by)


def _keep(checked: Checked, by: str) -> Result:
    """Keep, build, then retire the sample: until its mark stands, the live real batch hides it."""
    result = checked.result
    sample = () if checked.contoh else tuple(b.batch for b in lake.live(result.kind) if b.contoh)
    progress.tell("Menyimpan baris", checked.frame.height)
    kept = _stored(checked, by)
    try:
        progress.tell("Membangun ulang gudang data")
        build.build()
    except BaseException:
        lake.take_back(kept, "pembangunan gagal")
        raise
    lake.retire_samples()
    return replace(result, batch=kept.batch, undone=sample)


def _stored(checked: Checked, by: str) -> Batch:
    return lake.keep(
        checked.result.kind,
        checked.frame,
        sha256=checked.sha256,
        by=by,
        contoh=checked.contoh,
        **{name: getattr(checked.result, name) for name in lake.FROM_RESULT},
    )


def _check(
    kind: str, source: Path | bytes, file_name: str | None, stated: Stated, sheet: str | None = None
) -> Checked:
    progress.tell("Membaca berkas")
    contract = mapping.extend(contracts.load(kind), stated.kolom)
    table, padanan = mendings.apply(_read(source, contract, sheet, stated), contract, stated.padanan)
    kolom = mapping.used(table.headings, stated.kolom)
    table = replace(table, repairs=(*mapping.told(kolom), *table.repairs))
    result = Result(
        kind=kind,
        file=file_name or (source.name if isinstance(source, Path) else "unggahan.csv"),
        encoding=table.encoding,
        delimiter=table.headings.delimiter if table.headings.positions else None,
        date_order=stated.date_order or dates.DAY_FIRST,
        rows=table.frame.height,
        dropped_columns=table.headings.dropped,
        ignored_columns=table.headings.ignored,
        padanan=padanan,
        kolom=kolom,
    )
    if holder := lake.held(kind, table.sha256, padanan, kolom):
        return Checked(_held(result, holder), table.frame.clear(), table.sha256)
    progress.tell("Memeriksa isi sel", table.frame.height)
    judgement = check.judge(table, contract, stated.date_order)
    if table.frame.height == 0 and not judgement.is_whole_refused:
        fix = "isi paling sedikit satu baris di bawah judul"
        judgement.refuse_whole("berkas ini tidak berisi baris data", fix)
    result.per_tanggal = stated.per_tanggal or check.latest_date(judgement, contract, dates.today())
    is_undated = not judgement.is_whole_refused and result.per_tanggal is None
    if is_undated and judgement.refused().len() < table.frame.height:
        fix = "nyatakan per tanggalnya (Pilihan di halaman Unggah, --per-tanggal di perintah)"
        judgement.refuse_whole("berkas ini tidak memuat satu tanggal pun", fix)
    if judgement.is_whole_refused or result.per_tanggal is None:
        return accept.refuse(result, table, judgement, contract)
    progress.tell("Mencocokkan dengan data yang berlaku", table.frame.height)
    return accept.accept(table, contract, judgement, stated, result)


def _held(result: Result, holder: Batch) -> Result:
    """The file stands in the lake already: its own counts, and nothing new."""
    return replace(
        result,
        accepted=holder.accepted,
        rejected=holder.rejected,
        rows=holder.rows,
        unchanged=holder.accepted,
        encoding=holder.encoding,
        delimiter=holder.delimiter,
        dropped_columns=holder.dropped_columns,
        ignored_columns=holder.ignored_columns,
        date_order=holder.date_order,
        per_tanggal=holder.per_tanggal,
        sejak=holder.sejak,
        cakupan=holder.cakupan,
        duplicate_of=holder.batch,
    )


def _read(source: Path | bytes, contract: Contract, sheet: str | None, stated: Stated) -> Table:
    """The file as text; without rows when the lake holds it and nothing more is understood of it now."""
    is_plain = not stated.padanan and not stated.kolom
    try:
        return read(
            source, contract, sheet, lambda sha256: is_plain and bool(lake.held(contract.kind, sha256))
        )
    except (FileNotFoundError, IsADirectoryError, PermissionError) as fault:
        raise WrongUse(
            f"Berkas {source} tidak dapat dibaca ({fault.strerror}). Periksa nama dan letaknya."
        ) from fault
