"""The command line of accounts and audit: add, lock, unlock, reset, list, audit, setup, backup."""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from access import accounts, audit, audit_csv, backup, setup
from access.roles import ROLES
from pipelines.dates import WITA
from pipelines.errors import UserError, report

DONE, REFUSED = 0, 1
SHOWN = 50


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; the exit code: 0 done, 1 refused, 2 wrong use. Sentences for people go to stderr."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except UserError as refusal:
        _say(str(refusal))
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        _say(f"Terjadi galat pada program (nomor {report(fault)}). Tidak ada yang diubah.")
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m access", description="Akun dan jejak audit Cermin.")
    verbs = parser.add_subparsers(title="perintah", required=True, metavar="PERINTAH")
    added = _verb(verbs, "add", _add, "buat akun; tanpa sandi, sandi sekali pakai dicetak")
    _name(added)
    added.add_argument("--role", required=True, choices=ROLES, help="peran akun")
    added.add_argument("--wilayah", metavar="KODE", help="kode wilayah akun pemda, misalnya 64.08")
    added.add_argument("--provinsi", metavar="KODE", help="batasi petugas pada satu provinsi, misalnya 64")
    added.add_argument("--password-stdin", action="store_true", help="baca sandi dari baris pertama stdin")
    _name(_verb(verbs, "lock", _lock, "kunci akun dan akhiri semua sesinya"))
    _name(_verb(verbs, "unlock", _unlock, "buka kunci akun"))
    _name(_verb(verbs, "reset", _reset, "ganti sandi dengan sandi sekali pakai; kode masuk dilepas"))
    _json(_verb(verbs, "list", _list, "daftar akun"))
    _audit_options(_verb(verbs, "audit", _audit, "tampilkan atau periksa jejak audit"))
    prepared = _verb(verbs, "setup", _setup, "cetak alamat penyiapan sekali pakai selama belum ada akun")
    prepared.add_argument(
        "--base", required=True, type=_address, metavar="ALAMAT", help="http://127.0.0.1:8501"
    )
    copied = _verb(
        verbs, "backup", _backup, "salin akun dan jejak audit ke sebuah folder, juga selagi Cermin jalan"
    )
    copied.add_argument("folder", type=Path, metavar="FOLDER", help="folder cadangan, dibuat bila belum ada")
    return parser


def _verb(
    verbs: argparse._SubParsersAction, name: str, run: Callable[[argparse.Namespace], int], about: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    return parser


def _audit_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verify", action="store_true", help="periksa rantai; keluar 1 bila rusak")
    parser.add_argument("--since", type=_day, metavar="TANGGAL", help="sejak tanggal, 2025-12-31 (WITA)")
    parser.add_argument("--until", type=_day, metavar="TANGGAL", help="sampai dengan tanggal")
    parser.add_argument("--action", choices=audit.ACTIONS, metavar="TINDAKAN", help=", ".join(audit.ACTIONS))
    parser.add_argument("--name", metavar="NAMA", help="nama akun")
    parser.add_argument(
        "--limit", type=int, default=SHOWN, metavar="N", help=f"paling banyak N baris ({SHOWN})"
    )
    form = parser.add_mutually_exclusive_group()
    _json(form)
    form.add_argument("--csv", action="store_true", help="tulis CSV ke stdout")


def _name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAMA", help="nama akun")


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="tulis JSON ke stdout")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' bukan tanggal; tulis seperti 2025-12-31") from None


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(f"'{text}' bukan alamat; tulis seperti http://127.0.0.1:8501")
    return text


def _add(given: argparse.Namespace) -> int:
    password = _password() if given.password_stdin else None
    place = {"wilayah": given.wilayah, "provinsi": given.provinsi}
    account = accounts.add(given.name, given.role, **place, password=password, by=_actor())
    _say(f"Akun '{account.name}' ({account.role}) dibuat.")
    return DONE if given.password_stdin else _reset(given)


def _lock(given: argparse.Namespace) -> int:
    accounts.lock(given.name, _actor())
    _say(f"Akun '{given.name}' dikunci; semua sesinya berakhir.")
    return DONE


def _unlock(given: argparse.Namespace) -> int:
    accounts.unlock(given.name, _actor())
    _say(f"Akun '{given.name}' dibuka.")
    return DONE


def _reset(given: argparse.Namespace) -> int:
    print(accounts.reset(given.name, _actor()))
    _say("Sandi sekali pakai di atas berlaku tiga hari dan harus diganti saat masuk.")
    return DONE


def _list(given: argparse.Namespace) -> int:
    found = accounts.listed()
    if given.json:
        _print_json([asdict(account) | {"created_at": _moment(account.created_at)} for account in found])
        return DONE
    for account in found:
        place = account.wilayah or account.provinsi or ""
        marks = [
            word for word, holds in (("terkunci", account.is_locked), ("kode", account.has_totp)) if holds
        ]
        print("\t".join((account.name, account.role, place, ", ".join(marks))).rstrip())
    return DONE


def _audit(given: argparse.Namespace) -> int:
    if given.verify:
        return _verify(given)
    found = audit.rows(given.since, given.until, given.action, given.name, limit=max(given.limit, 0))
    if given.json:
        _print_json([row | {"at": row["at"].isoformat(timespec="milliseconds")} for row in found])
    elif given.csv:
        sys.stdout.write(audit_csv.text(found))
    else:
        for row in found:
            told = (row["name"] or "-", row["role"] or "-", row["action"], row["address"] or "-")
            detail = json.dumps(row["detail"], ensure_ascii=True) if row["detail"] else ""
            print(f"{row['number']}\t{row['at']:%Y-%m-%d %H:%M:%S}", *map(_safe, told), detail, sep="\t")
    return DONE


def _verify(given: argparse.Namespace) -> int:
    verdict = audit.verify()
    if given.json:
        _print_json(asdict(verdict))
    else:
        print(verdict.sentence)
        if verdict.ok:
            print(f"Kepala rantai (boleh dicatat di tempat lain): {verdict.head}")
    return DONE if verdict.ok else REFUSED


def _setup(given: argparse.Namespace) -> int:
    if setup.needed():
        print(setup.address(given.base))
    return DONE


def _backup(given: argparse.Namespace) -> int:
    for path in backup.write(given.folder):
        print(path)
    return DONE


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("Sandi: ", stream=sys.stderr)
    return sys.stdin.readline().rstrip("\r\n")


def _actor() -> str:
    return f"terminal ({getpass.getuser()})"


def _safe(text: str) -> str:
    """A text that cannot steer the terminal it is printed on."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, WITA).isoformat(timespec="seconds")


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
