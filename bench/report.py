"""The table of a benchmark run: each figure beside its target, printed and kept in docs/benchmarks.md."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

HEADINGS = ("Ukuran", "Hasil", "Sasaran", "Tercapai", "Keterangan")


@dataclass(frozen=True)
class Measure:
    """One figure of a run: value in unit, the most it may be (None: no target), and how it came about."""

    name: str
    value: float
    unit: str
    target: float | None
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure keeps its target; one without a target always does."""
        return self.target is None or self.value <= self.target

    def cells(self) -> tuple[str, ...]:
        """The row of the table: name, value, target, yes or no, note."""
        target = "—" if self.target is None else f"≤ {number(self.target)} {self.unit}"
        met = "—" if self.target is None else "ya" if self.is_met else "**tidak**"
        return self.name, f"{number(self.value)} {self.unit}", target, met, self.note


def number(value: float) -> str:
    """As Indonesian readers write it, to three figures at most after the first: 1.234 or 12,3 or 2,31."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}"
    return text.translate(str.maketrans(",.", ".,"))


def table(measures: list[Measure]) -> str:
    """The measures as a Markdown table, the ones that fall short first."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS)]
    rows += [measure.cells() for measure in sorted(measures, key=lambda measure: measure.is_met)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def machine() -> str:
    """What the figures were taken on, in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    memory = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{model}, {os.cpu_count()} inti, {memory:.0f} GiB, {system}"


def write(measures: list[Measure], sizes: str, load: float, out: Path) -> None:
    """Keep the run in a Markdown file: when, machine, sizes, load of the machine before, the table."""
    text = f"""# Ukuran kecepatan

Ditulis oleh `make bench` ({date.today().isoformat()}); jangan disunting dengan tangan.

- Mesin: {machine()}
- Ukuran data: {sizes}
- Beban mesin sebelum mulai: {number(load)} (rata-rata satu menit)
- Waktu dinding hanya dibandingkan di dalam satu kali jalan (nisbah); biaya halaman adalah waktu CPU server.

{table(measures)}
"""
    out.write_text(text, encoding="utf-8")
