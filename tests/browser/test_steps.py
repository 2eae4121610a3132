"""A step change on its way through the page: refused, marked, drawn with its reason, audited, withdrawn."""

import re

from playwright.sync_api import Page, expect

CHART = "/tren?lihat=kendali&bagan=ditutup"
REASON = "Cara mencatat berubah, surat 12/2025"


def _opened(page: Page):
    page.get_by_role("button", name="Tandai perubahan tingkat").click()
    form = page.get_by_role("dialog")
    expect(form).to_be_visible()
    return form


def test_a_step_is_marked_and_withdrawn_with_reasons(own_server, visit, signed_in):
    page = visit(CHART, own_server, role="petugas")
    form = _opened(page)
    form.get_by_role("button", name="Tandai", exact=True).click()
    expect(form.get_by_text("Pilih bulan mulainya.")).to_be_visible()

    for part, digits in (("day", "12"), ("month", "06"), ("year", "2025")):
        form.get_by_role("spinbutton", name=re.compile(part)).fill(digits)
    form.get_by_label("Alasan", exact=True).fill(REASON)
    form.get_by_role("button", name="Tandai", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text(f"Jun 2025: {REASON} (uji-petugas)")).to_be_visible()

    form = _opened(page)
    form.get_by_label("Alasan mencabut").fill("Bulannya keliru, lihat surat")
    form.get_by_role("button", name="Cabut").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text(REASON)).to_have_count(0)

    signed_in(page.context, own_server)
    page.goto(f"{own_server}/jejak-audit")
    expect(page.get_by_role("cell", name="langkah ditandai")).to_be_visible()
    expect(page.get_by_role("cell", name="langkah dicabut")).to_be_visible()
