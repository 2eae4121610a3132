"""The command line: check, ingest, undo, batches, build, ask, signals, sample, bench."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl

import bench
from pipelines import build, contracts, dates, inbox, intake, lake, mendings, questions, sample, undoing
from pipelines.errors import UserError, report
from pipelines.lake import Unavailable
from pipelines.reference import BrokenReference
from pipelines.result import Result
from pipelines.signals import command as signals
from pipelines.workbook import refused

DONE, NOTHING_ACCEPTED, WRONG_USE = 0, 1, 2
SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; the exit code. Data go to stdout, sentences for people to stderr."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except (Unavailable, BrokenReference) as refusal:
        _say(str(refusal))
        return NOTHING_ACCEPTED
    except UserError as refusal:
        _say(str(refusal))
        return WRONG_USE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        _say(
            f"Terjadi galat pada program (nomor {report(fault)}). Data tidak berubah oleh langkah yang gagal."
        )
        return NOTHING_ACCEPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pipelines", description="Dari ekstrak ke peta.")
    verbs = parser.add_subparsers(title="perintah", required=True, metavar="PERINTAH")
    for verb, run, about in (
        ("check", _check, "periksa berkas tanpa menyimpan apa pun"),
        ("ingest", _ingest, "periksa, simpan baris yang diterima, lalu bangun gudang"),
    ):
        _file_options(_verb(verbs, verb, run, about), is_kept=verb == "ingest")
    undo = _verb(verbs, "undo", _undo, "batalkan satu batch, lalu bangun gudang")
    undo.add_argument("batch", help="nomor batch, lihat perintah batches")
    undo.add_argument("--by", default="", help="siapa yang membatalkan")
    _verb(verbs, "batches", _batches, "daftar batch menurut urutan unggah")
    made = _verb(verbs, "build", _build, "bangun gudang dari danau dan daftar yang dikirim")
    made.add_argument("--force", action="store_true", help="bangun ulang walau masukannya sama")
    ask = _verb(verbs, "ask", _ask, "jawab satu pertanyaan dari gudang")
    ask.add_argument("question", metavar="PERTANYAAN")
    ask.add_argument("values", nargs="*", metavar="nama=nilai")
    ask.add_argument("--scope", default="semua", metavar="LINGKUP", help="semua, atau pemda:64.08")
    signals.add_options(_verb(verbs, "signals", signals.main, "tulis ringkasan sinyal Deteksi Dini"), _day)
    drawn = _verb(verbs, "sample", _sample, "tulis berkas laporan contoh (sintetis)", json_too=False)
    drawn.add_argument("--rows", type=int, help="jumlah baris; tanpa ini sekitar 3.000 laporan dan aksesnya")
    drawn.add_argument("--seed", type=int, default=sample.SEED)
    drawn.add_argument("--out", type=Path, required=True, help="berkas CSV yang ditulis")
    bench.add_options(_verb(verbs, "bench", bench.main, "ukur kecepatan dan ukuran", json_too=False))
    return parser


def _verb(
    verbs: argparse._SubParsersAction, name: str, run: Callable, about: str, json_too: bool = True
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    if json_too:
        parser.add_argument("--json", action="store_true", help="tulis JSON ke stdout")
    return parser


def _file_options(parser: argparse.ArgumentParser, is_kept: bool) -> None:
    many, kinds = "?" if is_kept else None, contracts.KINDS
    parser.add_argument("kind", choices=kinds, nargs=many, metavar="JENIS", help=", ".join(kinds))
    parser.add_argument(
        "file", type=Path, nargs=many, metavar="BERKAS", help="berkas CSV, XLSX, XLS, XLSB, atau ODS"
    )
    parser.add_argument("--sheet", metavar="NAMA", help="lembar yang dibaca bila beberapa bisa yang dimaksud")
    parser.add_argument("--per-tanggal", type=_day, metavar="TANGGAL", help="tanggal data, 2025-12-31")
    parser.add_argument("--sejak", type=_day, metavar="TANGGAL", help="awal masa yang diliput")
    parser.add_argument(
        "--cakupan", type=_codes, metavar="KODE", help="provinsi yang diliput, misalnya 64,63"
    )
    parser.add_argument(
        "--date-order", choices=("dmy", "mdy"), help="urutan hari dan bulan bila berkas meragukan"
    )
    parser.add_argument(
        "--tolakan",
        type=Path,
        metavar="BERKAS",
        help="tulis baris yang ditolak beserta alasannya (.csv atau .xlsx)",
    )
    parser.add_argument(
        "--padanan",
        type=Path,
        metavar="BERKAS",
        help="CSV column,text,value: teks yang dibaca sebagai nilai lain",
    )
    if is_kept:
        parser.add_argument("--by", default="", metavar="NAMA", help="siapa yang memuat")
        parser.add_argument(
            "--inbox",
            type=Path,
            metavar="FOLDER",
            help="ambil tiap berkas yang sudah selesai disalin ke sini",
        )
        parser.add_argument(
            "--tunggu", type=float, default=inbox.SECONDS, metavar="DETIK", help="lama berkas tidak berubah"
        )


def _day(text: str) -> date:
    verdict = dates.judge(text)
    if verdict.refused:
        raise argparse.ArgumentTypeError(f"'{text}': {verdict.reason}; {verdict.fix}")
    return verdict.value


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _check(given: argparse.Namespace) -> int:
    return _tell(given, intake.check_file(given.kind, given.file, **_stated(given)))


def _ingest(given: argparse.Namespace) -> int:
    if given.inbox:
        return _take_inbox(given)
    if given.file is None:
        raise UserError("Sebutkan JENIS dan BERKAS, misalnya ingest laporan a.csv, atau --inbox FOLDER.")
    return _tell(given, intake.ingest_file(given.kind, given.file, **_stated(given), by=given.by))


def _take_inbox(given: argparse.Namespace) -> int:
    """Take the files of a watched folder; a line for each, and the objects of the receipts on stdout."""
    if given.file or given.sheet or given.tolakan:
        raise UserError("Bersama --inbox cukup JENIS, tanpa BERKAS, --sheet, dan --tolakan.")
    taken = []
    for one in inbox.take(given.inbox, given.kind, given.tunggu, given.by, **_stated(given)):
        taken.append(one)
        _say(f"{one.told['file']}: {'masuk' if one.succeeded else 'ditolak'}; lihat {one.note}")
    if not taken:
        _say("Tidak ada berkas yang siap diambil.")
    if given.json or not sys.stdout.isatty():
        _print_json([one.told for one in taken])
    return DONE if all(one.succeeded for one in taken) else NOTHING_ACCEPTED


def _stated(given: argparse.Namespace) -> dict:
    stated = {
        name: getattr(given, name) for name in ("per_tanggal", "sejak", "cakupan", "date_order", "sheet")
    }
    return stated | {"padanan": mendings.read_file(given.padanan) if given.padanan else None}


def _tell(given: argparse.Namespace, result: Result) -> int:
    """The object on stdout (always, unless a person sits at a terminal), the sentences on stderr."""
    for line in _sentences(result):
        _say(line)
    if given.tolakan:
        _write_rejected(result, given.tolakan)
    if given.json or not sys.stdout.isatty():
        _print_json(result.to_json())
    return DONE if result.succeeded else NOTHING_ACCEPTED


def _sentences(result: Result) -> list[str]:
    lines = [f"{result.file}: urutan tanggal {result.date_order}, penyandian {result.encoding}"]
    lines += [f"  {repair}" for repair in result.repairs]
    if result.duplicate_of:
        lines.append(
            f"Berkas ini sudah dimuat sebagai batch {result.duplicate_of}; tidak ada yang ditambahkan."
        )
    lines.append(
        f"{result.rows} baris: {result.accepted} diterima ({result.new} baru, {result.changed} berubah, "
        f"{result.unchanged} tetap), {result.rejected} ditolak."
    )
    if result.dropped_columns:
        lines.append(f"Kolom pribadi yang tidak dibaca: {', '.join(result.dropped_columns)}")
    if result.ignored_columns:
        lines.append(f"Kolom yang tidak dipakai dan tidak disimpan: {', '.join(result.ignored_columns)}")
    for row in result.problems.head(SHOWN).iter_rows(named=True):
        value = f" '{row['value']}'" if row["value"] else ""
        mend = f" ({row['fix']})" if row["fix"] else ""
        lines.append(f"  baris {row['row']} {row['column']}{value}: {row['level']}: {row['reason']}{mend}")
    if result.problems.height > SHOWN:
        lines.append(f"  ... dan {result.problems.height - SHOWN} masalah lain")
    if result.batch:
        lines.append(f"Disimpan sebagai batch {result.batch}, data per {result.per_tanggal}.")
    if result.undone:
        lines.append(f"Data contoh dibatalkan karena data sebenarnya masuk: {', '.join(result.undone)}.")
    return lines


def _write_rejected(result: Result, path: Path) -> None:
    try:
        if path.suffix.lower() == ".xlsx":
            path.write_bytes(refused.write(result))
            return
        result.rejected_rows().write_csv(path, separator=result.delimiter or ",", include_bom=True)
    except OSError as fault:
        raise UserError(
            f"Berkas {path} tidak dapat ditulis ({fault.strerror}). Pilih tempat lain."
        ) from fault


def _undo(given: argparse.Namespace) -> int:
    told = undoing.foresee(given.batch).sentence
    undone = intake.undo_batch(given.batch, by=given.by)
    _say(f"Batch {undone.batch} dibatalkan; gudang dibangun ulang. {told}")
    if given.json:
        _print_json(undone.to_json())
    return DONE


def _batches(given: argparse.Namespace) -> int:
    found = lake.batches()
    if given.json:
        _print_json([batch.to_json() for batch in found])
        return DONE
    shown = [(b.batch, b.kind, b.file, b.accepted, b.per_tanggal, b.by, b.when, b.live) for b in found]
    names = ("batch", "kind", "file", "accepted", "per_tanggal", "by", "when", "live")
    _print_table(pl.DataFrame(shown, schema=names, orient="row"))
    return DONE


def _build(given: argparse.Namespace) -> int:
    sample.ensure_loaded()
    built = build.build(force=given.force)
    _say(f"Gudang {built} siap.")
    if given.json:
        _print_json({"build": built})
    return DONE


def _ask(given: argparse.Namespace) -> int:
    pairs = [value.partition("=") for value in given.values]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise UserError(f"'{wrong[0]}' bukan bentuk nama=nilai, misalnya per_tanggal=2025-12-31.")
    build.ensure()
    found = questions.answer(given.question, {name: value for name, _, value in pairs}, given.scope)
    if given.json:
        _print_json(found.to_dicts())
    else:
        _print_table(found)
    return DONE


def _sample(given: argparse.Namespace) -> int:
    if given.rows is not None and given.rows < 1:
        raise UserError("Jumlah baris paling sedikit 1.")
    try:
        written = sample.write(given.out, rows=given.rows, seed=given.seed)
    except OSError as fault:
        raise UserError(
            f"Berkas {given.out} tidak dapat ditulis ({fault.strerror}). Pilih tempat lain."
        ) from fault
    _say(f"{written} baris contoh ditulis ke {given.out}.")
    return DONE


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def _print_table(frame: pl.DataFrame) -> None:
    shown = pl.Config(
        tbl_rows=-1,
        tbl_cols=-1,
        tbl_width_chars=65_000,
        fmt_str_lengths=200,
        tbl_formatting="ASCII_MARKDOWN",
        tbl_hide_dataframe_shape=True,
        tbl_hide_column_data_types=True,
    )
    with shown:
        print(frame)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
