"""What the fuzzers aim at: any bytes as a file of any kind, and what must hold of the answer."""

from collections.abc import Iterator

from pipelines import contracts, intake, places
from pipelines.errors import UserError
from tests.pipelines.workbooks import xlsx
from tests.promises import damage, world

LINES = [list(world.HEADINGS), *world.rows(1, 4, 2)]


def seeds() -> Iterator[bytes]:
    """The kind in the first byte, then a file: templates, damaged extracts, a workbook."""
    for number, kind in enumerate(contracts.KINDS):
        yield bytes([number]) + (places.TEMPLATES / f"{kind}.csv").read_bytes()[:3000]
    for codec in damage.CODECS:
        yield b"\0" + damage.encode(damage.join(LINES, ";"), codec)
    yield b"\0" + xlsx({"L": LINES})


def feed(content: bytes) -> None:
    """Look at a file; anything but an answer whose counts add up or a UserError is raised."""
    kind = contracts.KINDS[content[0] % len(contracts.KINDS)] if content else contracts.KINDS[0]
    try:
        checked = intake.look_at(kind, content[1:], "acak.csv")
    except UserError:
        return
    result = checked.result
    if result.rows != result.accepted + result.rejected:
        raise AssertionError(f"{result.rows} rows, {result.accepted} accepted, {result.rejected} refused")
    if (result.rejected or not result.rows) and result.problems.is_empty():
        raise AssertionError("a refusal that nobody explains")
    if checked.frame.height > result.accepted:
        raise AssertionError("more is kept than was accepted")
