"""On paper: the page of a region is two A4 sheets, without menu and buttons."""

import re

from playwright.sync_api import Page


def _sheets(page: Page) -> tuple[int, set[str]]:
    """How many sheets the page prints on, and their sizes in points."""
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    sizes = re.findall(rb"/MediaBox\s*\[([^\]]*)\]", content)
    return len(re.findall(rb"/Type\s*/Page\b", content)), {size.decode().strip() for size in sizes}


def test_the_page_of_a_region_prints_on_two_sheets_of_a4(visit):
    page = visit("/wilayah?kode=64.08")
    count, sizes = _sheets(page)
    assert count == 2
    assert {tuple(round(float(part)) for part in size.split()) for size in sizes} <= {
        (0, 0, 595, 842),
        (0, 0, 596, 842),
    }


def test_paper_shows_figures_and_no_controls(visit):
    page = visit("/wilayah?kode=63.71")
    page.emulate_media(media="print")
    assert page.get_by_text("Kota Banjarmasin").first.is_visible()
    for control in ("stHeader",):
        assert not any(part.is_visible() for part in page.get_by_test_id(control).all())
    assert not page.locator(".st-key-saringan").is_visible()
