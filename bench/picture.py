"""The picture in the README, taken from the real product with the sample: `make picture`."""

import tempfile
from pathlib import Path

from bench.browser import launched, open_whole
from bench.children import served
from bench.signing import cookie
from pipelines.places import ROOT

OUT = ROOT / "docs" / "ringkasan.png"
SIZE = {"width": 1280, "height": 1240}


def main() -> None:
    """Start a server on an empty folder, open the first page, keep what is seen."""
    with tempfile.TemporaryDirectory(prefix="cermin-picture-") as name:
        folder = Path(name)
        with (
            served(ROOT / "app.py", folder / "data", folder / "log.txt") as (address, _),
            launched() as browser,
        ):
            context = browser.new_context(viewport=SIZE, locale="id-ID", color_scheme="light")
            context.add_cookies([cookie(address, folder / "data", "pimpinan")])
            page = context.new_page()
            open_whole(page, f"http://{address}/")
            page.wait_for_timeout(1500)
            page.screenshot(path=OUT)


if __name__ == "__main__":
    main()
