"""A folder of files that a reader may break on, by a fixed recipe; and the whole path over all of them.

python -m tests.promises.torture FOLDER takes every file through the watched folder into the lake, under a
limit of memory, and prints what became of each as JSON.
"""

import io
import json
import os
import resource
import sys
import time
import zipfile
from pathlib import Path
from unittest import mock

from pipelines import build, inbox
from tests.pipelines.workbooks import archive, formula, xlsx
from tests.promises import world

MOST_MEMORY = 6 << 30
HEAD, GOOD = world.text([]), world.text(world.rows(1, 3)).split("\n", 1)[1]
BODY = (HEAD + GOOD).encode()
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
NAUGHTY = (
    *(
        "undefined",
        "null",
        "NaN",
        "1E+02",
        "0x10",
        "-1",
        "Infinity",
        "true",
        "\\",
        "\\x00",
        "%s%n",
        "../../etc",
    ),
    *(
        "<script>alert(1)</script>",
        "' or 1=1 --",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "+1+1",
        "{{7*7}}",
        "${HOME}",
    ),
    *(
        "\u202eterbalik",
        "\u200b",
        "\ufeff",
        "ｗｉｄｅ",
        "e\u0301" * 30,
        "\U0001f468\u200d\U0001f469",
        "تجربة",
    ),
    *(
        "\u2028",
        "\x85",
        "\x0b",
        "\x1c\x1d\x1e\x1f",
        "\x7f",
        "İ",
        "ß",
        "ﬁ",
        "１２/０１/２０２５",
        "31/02/2025",
        "0/0/0",
    ),
)


def _rows(cells: list[str]) -> bytes:
    lines = world.rows(1, len(cells))
    return world.text(
        [[*line[:3], place, *line[4:]] for line, place in zip(lines, cells, strict=True)]
    ).encode()


def _bomb(part: str, size: int) -> bytes:
    made = io.BytesIO(xlsx({"L": [list(world.HEADINGS), *world.rows(1, 2)]}))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part, b"0" * size)
    return made.getvalue()


def texts() -> dict[str, bytes]:
    """CSV files, good and bad."""
    return {
        "laporan [1] *.csv": BODY,
        "nama ? {a,b} #%41.csv": BODY,
        "-rf.csv": BODY,
        "spasi  di belakang .csv": BODY,
        "pemisah-satuan.csv": BODY.replace(b"Dinas", b"Di\x1fnas").replace(b"Pemeriksaan", b""),
        "nakal.csv": _rows(list(NAUGHTY)),
        "nakal-judul.csv": (",".join(f'"{one}"' for one in NAUGHTY) + "\n" + HEAD + GOOD).encode(),
        "kutip-tengah.csv": BODY.replace(b"Dinas", b'Di"nas'),
        "kutip-pembuka.csv": BODY.replace(b"0001", b'"0001'),
        "kutip-semua.csv": "\n".join(f'"{line}"' for line in (HEAD + GOOD).splitlines()).encode(),
        "kutip-tunggal.csv": (HEAD + GOOD).replace('"', "'").encode(),
        "garis-miring.csv": (HEAD + GOOD).replace('""', '\\"').encode(),
        "baris-dalam-sel.csv": BODY.replace(b"Tata Ruang", b"Tata\r\nRuang\n\n"),
        "sel-raksasa.csv": BODY.replace(b"Tata Ruang", b"x" * 5_000_000),
        "lebar.csv": (HEAD.strip() + ",k" * 20_000 + "\n" + GOOD).encode(),
        "baris-raksasa.csv": BODY + b"a," * 2_000_000 + b"\n",
        "seratus-ribu-baris-kosong.csv": BODY + b"\n" * 100_000,
        "judul-saja-berulang.csv": HEAD.encode() * 2_000,
        "satu-kolom.csv": b"No Arsip\n" + b"A/1\n" * 1_000,
        "nol.csv": b"",
        "nul.csv": bytes(100_000),
        "tanda-saja.csv": b"\xff\xfe",
        "utf16-terpotong.csv": BODY.decode().encode("utf-16")[:-3],
        "utf7.csv": BODY.decode().encode("utf-7"),
        "ebcdic.csv": BODY.decode().encode("cp500", "replace"),
        "pengganti.csv": BODY.replace(b"Dinas", b"\xed\xa0\x80\xf4\x90\x80\x80"),
        "campur.csv": BODY + "é".encode() + b"\xe9\n",
        "sama-kunci.csv": BODY + GOOD.replace("64.02", "64.08").replace("Kab. Banjar", "64.08").encode(),
        "rumus.csv": (HEAD + '=HYPERLINK("http://x","A/1"),=1+1,,=64.08,@x,-x\n').encode(),
        "xml.xls": ENTITIES.encode() + b"]><x>&i;</x>",
        "gambar.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 200,
        "sql.csv": b"insert into laporan values (1, 'a;b', \"c\");\n" * 3_000,
        "tanda-pisah-sep.csv": b"sep=;\r\n" + world.text(world.rows(1, 3), ";").encode(),
    }


def books() -> dict[str, bytes]:
    """Workbooks, and what calls itself one."""
    rows = [list(world.HEADINGS), *world.rows(1, 3)]
    return {
        "bom-lembar.xlsx": _bomb("xl/worksheets/sheet9.xml", 300_000_000),
        "bom-entitas.xlsx": xlsx(
            {"L": rows}, **{"xl__sharedStrings.xml": ENTITIES.encode() + b"]><sst>&i;</sst>"}
        ),
        "jalur-keluar.xlsx": archive({"../../keluar.txt": "x", "/etc/x": "x", "xl/workbook.xml": "x"}),
        "rumus.xlsx": xlsx({"L": [*rows, [formula("=1+1"), formula("#N/A", "e"), formula(None)]]}),
        "makro.xlsm": xlsx({"L": rows}, **{"xl__vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(5_000)}),
        "terpotong.xlsx": xlsx({"L": rows})[:-200],
        "lembar-kosong.xlsx": xlsx({"L": []}),
        "zip-dalam-zip.xlsx": archive({"a.xlsx": archive({"b.xlsx": xlsx({"L": rows})})}),
        "baik.xlsx": xlsx({"L": rows}),
        "csv-bernama.xlsx": BODY,
        "xlsx-bernama.csv": xlsx({"L": rows[:2]}),
    }


def main(folder: Path) -> None:
    """Write the collection, take all of it, and tell what became of each file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.environ["CERMIN_DATA"] = str(folder / "cermin")
    offered = folder / "masuk"
    offered.mkdir()
    collection = texts() | books()
    for name, content in collection.items():
        (offered / name).write_bytes(content)
    told, last = [], time.monotonic()
    with mock.patch.object(build, "build"):  # the lake is what is asked here
        for taken in inbox.take(offered, "laporan", 0):
            now = time.monotonic()
            told.append(taken.told | {"seconds": now - last, "succeeded": taken.succeeded})
            last = now
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    left = [path.name for path in offered.iterdir()]
    print(json.dumps({"offered": list(collection), "told": told, "peak_mb": peak / 1024, "left": left}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
