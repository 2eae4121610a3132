"""The blocks on published figures: contradictions, other definitions, our own count, the register itself."""

import polars as pl

from portal import method, texts, viewer
from portal.ask import about, ask, derive
from portal.block import figure_block
from portal.figures import reconciliation

UNIT = "seperti tertulis pada tiap baris"
SHOWN_NOT_MENDED = "Perbedaan ditunjukkan, tidak diperbaiki."


def draw() -> None:
    """Everything a viewer may see of it; our own counts only for those who see every figure."""
    if viewer.current().may("lihat_semua"):
        contradictions()
        definitions()
        beside_ours()
    published()


def contradictions() -> None:
    """Every comparison of published figures by rule; those that cannot both be true drawn."""
    asked = about("rekonsiliasi")
    figure_block(
        derive(reconciliation.title, asked),
        asked,
        derive(reconciliation.html, asked, about("daftar_wilayah")),
        key="pertentangan",
        unit=UNIT,
        how_to_read="Ditemukan menurut aturan pada data/reference/aturan_rekonsiliasi.csv. "
        f"{SHOWN_NOT_MENDED} “Bagian tidak lengkap”: yang terbit hanya sebagian rinciannya, jadi kurang "
        "dari jumlah bukan pertentangan.",
        columns=method.COMPARED,
        level=3,
        example="rekonsiliasi",
    )


def definitions() -> None:
    """Figures of the same time that sound alike and count something else, side by side."""
    asked = about("rekonsiliasi", only={"aturan": "definisi"})
    figure_block(
        derive(side_by_side, asked),
        asked,
        key="definisi_terbit",
        unit=UNIT,
        how_to_read="Tiap baris dua angka terbit untuk masa yang sama yang definisinya berlainan; yang satu "
        "tidak boleh dibaca sebagai yang lain.",
        columns=method.SIDE_BY_SIDE,
        level=3,
    )


def side_by_side(frame: pl.DataFrame) -> str:
    """`rekonsiliasi`, definitions only -> 'Definisi berdampingan: 28 pasangan angka terbit ...'."""
    differing = frame.filter(keadaan="definisi berbeda").height
    return f"Definisi berdampingan: {differing} pasangan angka terbit untuk masa yang sama tidak sama isinya"


def beside_ours() -> None:
    """Published figures beside our own count of the same, where the data cover the whole period."""
    asked = about("rekonsiliasi", only={"aturan": "hitungan_kita"})
    everything = about("rekonsiliasi_publikasi")
    figure_block(
        derive(method.reconciled, everything),
        asked,
        key="rekonsiliasi",
        unit=UNIT,
        how_to_read=f"{SHOWN_NOT_MENDED} Hanya angka yang seluruh masanya tercakup batch yang berlaku. "
        f"{texts.SAMPLE_NOTE}",
        columns=method.RECONCILED,
        nothing="Tidak satu pun angka terbit tercakup batch yang berlaku.",
        level=3,
    )


def published() -> None:
    """The figures the Ombudsman or the press printed, contradictions kept."""
    asked = about("angka_publikasi")
    figure_block(
        f"{ask(asked).height} angka publikasi, termasuk yang bertentangan",
        asked,
        key="publikasi",
        unit=UNIT,
        how_to_read="Baris yang ditandai versi adalah sebutan lain untuk kejadian yang sama; semuanya "
        "disimpan.",
        level=3,
    )
