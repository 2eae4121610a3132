"""The table of pages: a new page is one file below pages/, one line here, and one in access/roles.py: who."""

from dataclasses import dataclass
from pathlib import Path

from access import roles
from pipelines.places import ROOT


@dataclass(frozen=True)
class Room:
    """One page: its address, its title in the menu, its file, its icon and what it shows."""

    address: str
    title: str
    file: Path
    icon: str
    shows: str


def _room(address: str, title: str, icon: str, shows: str) -> Room:
    name = (address or "ringkasan").replace("-", "_")
    return Room(address, title, ROOT / "pages" / f"{name}.py", f":material/{icon}:", shows)


ROOMS = (
    _room(
        "",
        "Ringkasan",
        "dashboard",
        "Lima angka utama, peta, dan celah kerja sama yang paling perlu ditutup.",
    ),
    _room(
        "peta", "Peta", "map", "Satu peta besar dengan pilihan ukuran; pilih wilayah untuk melihat kartunya."
    ),
    _room(
        "kerja-sama",
        "Kerja Sama",
        "handshake",
        "Payung, pelaksanaan, dan jejaring tiap wilayah serta celahnya.",
    ),
    _room(
        "tren", "Tren Penyelesaian", "timeline", "Laporan masuk, ditutup, dan terbuka dari bulan ke bulan."
    ),
    _room(
        "deteksi-dini",
        "Deteksi Dini",
        "notifications_active",
        "Apa yang melampaui aturannya, sejak kapan, dan siapa yang menanganinya.",
    ),
    _room(
        "perbandingan",
        "Perbandingan",
        "stacked_line_chart",
        "Wilayah mana yang berbeda dari angka gabungan lebih daripada kebetulan; bukan peringkat.",
    ),
    _room(
        "wilayah", "Wilayah", "location_city", "Satu kabupaten, kota, atau pemerintah provinsi dari dekat."
    ),
    _room("unggah", "Unggah", "upload_file", "Memeriksa dan memasukkan berkas laporan atau register."),
    _room("register", "Register", "edit_note", "Memperbaiki atau menambah satu baris register bersumber."),
    _room(
        "metode", "Data & Metode", "menu_book", "Definisi, sumber, kesegaran data, dan batas yang diketahui."
    ),
)


def file_of(address: str) -> str:
    """The file of a page by its address, for `st.page_link` and `st.switch_page`."""
    return str(next(room.file for room in ROOMS if room.address == address))


def open_to(role: str) -> list[Room]:
    """The pages of a role, in the order of the menu."""
    return [room for room in ROOMS if role in roles.PAGES[room.address]]


def home(role: str) -> str:
    """The address of the page a role begins at: the summary, or for an account of one region its page."""
    return "" if role in roles.PAGES[""] else "wilayah"


ADDRESSES = frozenset(room.address for room in ROOMS)
