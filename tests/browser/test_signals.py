"""A signal on its way through the page: chosen, taken up in the form, closed, found again in the history."""

import re

from playwright.sync_api import Page, expect


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_signal_is_taken_up_and_closed_with_what_was_found(own_server, visit):
    page = visit("/deteksi-dini", own_server)
    before = int(re.match(r"(\d+) sinyal baru", page.get_by_role("heading", level=1).inner_text())[1])
    page.get_by_role("combobox", name=re.compile("Tindak lanjut")).click()
    page.get_by_role("option", name=re.compile("Batas daftar rencana")).click()
    expect(page).to_have_url(re.compile("sinyal="))

    _press(page, "Tutup")
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Tutup", exact=True).click()
    expect(form.get_by_text("Tulis apa yang ditemukan")).to_be_visible()
    form.get_by_label("Apa yang ditemukan").fill("pendekatan sudah dimulai, tahapnya belum dicatat")
    form.get_by_role("button", name="Tutup", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(f"{before - 1} sinyal baru"))

    page.get_by_text("Riwayat: yang ditutup").click()
    expect(page.get_by_text("pendekatan sudah dimulai")).to_be_visible()
