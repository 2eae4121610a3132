"""Where things lie: what is shipped, and what is written at run time below one setting, CERMIN_DATA."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "data" / "reference"
REGISTERS = ROOT / "data" / "registers"
TEMPLATES = ROOT / "data" / "templates"
SQL = ROOT / "pipelines" / "sql"


def lake() -> Path:
    """The folder of accepted batches."""
    return _written() / "lake"


def warehouse() -> Path:
    """The folder of built warehouses and the pointer to the current one."""
    return _written() / "warehouse"


def state() -> Path:
    """The folder of locks, temporary files and logs."""
    return _written() / "state"


def _written() -> Path:
    return Path(os.environ.get("CERMIN_DATA") or ROOT / "data").resolve()
