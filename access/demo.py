"""`python -m access.demo`: a throw-away copy on this machine only, with one account per role.

Its CERMIN_DATA is a temporary folder that is removed at the end; passwords are random and only printed here.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile

from access import accounts, passwords, roles, store
from pipelines.errors import UserError
from pipelines.places import ROOT

HERE = "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Serve until the terminal says stop; the exit code of the server, or 2 on wrong use."""
    given = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    with tempfile.TemporaryDirectory(prefix="cermin-demo-") as folder:
        os.environ |= {"CERMIN_DATA": folder, "CERMIN_DEMO": "1"}
        try:
            made = fill(given.wilayah)
        except UserError as refusal:
            print(refusal, file=sys.stderr)
            return 2
        finally:
            store.close()
        print(told(made, f"http://{HERE}:{given.port}"), flush=True)
        return _serve(given.port)


def fill(wilayah: str) -> dict[str, str]:
    """One account per role in the present CERMIN_DATA; password by name. UserError on an unknown region."""
    made = {}
    for role in roles.ROLES:
        made[role] = passwords.one_time()
        place = wilayah if role == "pemda" else None
        accounts.add(role, role, wilayah=place, password=made[role], by="peragaan")
    return made


def told(made: dict[str, str], address: str) -> str:
    """What the terminal says: address and accounts."""
    lines = [f"Salinan peragaan: {address}   (berhenti: Ctrl+C; semua isinya lalu dihapus)", ""]
    lines += [f"  {'nama':<10} sandi", *(f"  {name:<10} {password}" for name, password in made.items())]
    return "\n".join([*lines, ""])


def _serve(port: int) -> int:
    options = [f"--server.address={HERE}", f"--server.port={port}", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        return server.wait()
    except (KeyboardInterrupt, SystemExit):
        server.terminate()
        server.wait()
        return 0


def _stop(*_: object) -> None:
    raise SystemExit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m access.demo", description="Salinan peragaan sementara.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--wilayah", required=True, metavar="KODE", help="wilayah akun pemda, mis. 64.08")
    return parser


if __name__ == "__main__":
    sys.exit(main())
