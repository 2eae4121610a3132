"""What undoing a batch would do to the cases it speaks of: which go, which fall back, which stay."""

from dataclasses import dataclass

import polars as pl

from pipelines import compare, contracts, known, lake
from pipelines.errors import UserError
from pipelines.known import ORDER


@dataclass(frozen=True)
class Undoing:
    """The cases (or register rows) of a batch by what becomes of them; `others`: who says them too.

    gone: no other live batch or shipped register knows them. changed: they fall back to what others say.
    same: others say the very same. Together they are all cases of the batch.
    """

    batch: str
    gone: int
    changed: int
    same: int
    others: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Who builds on the batch, in words: 'Dari 40 kasus batch ini 20 tidak lagi terhitung; ...'."""
        told = f"Dari {self.gone + self.changed + self.same} kasus batch ini {self.gone} tidak lagi terhitung"
        if self.changed:
            told += f"; {self.changed} kembali ke keterangan sumber lain"
        if self.same:
            told += f"; {self.same} tetap persis sama karena sumber lain menyatakan hal yang sama"
        if self.others:
            told += f". Sumber lain itu: {', '.join(self.others)}, dan tidak ikut dibatalkan"
        return told + "."


def foresee(batch_id: str) -> Undoing:
    """What undoing a live batch would do, by the warehouse's own fold; nothing is written.

    UserError for a batch that is unknown or undone.
    """
    batch = next((found for found in lake.batches() if found.batch == batch_id and found.live), None)
    if batch is None:
        raise UserError(f"Batch {batch_id} tidak ada atau sudah dibatalkan. Lihat perintah batches.")
    contract, live = contracts.load(batch.kind), lake.live(batch.kind)
    frame = pl.read_parquet(batch.path, glob=False)
    facts = known.find(frame, contract, live)
    own = pl.col(ORDER) == 1 + next(n for n, found in enumerate(live) if found.batch == batch_id)
    now, after = compare.folds([facts.rows, facts.rows.filter(~own)], contract)
    key = compare.key_of(contract)
    said = _touched(now, frame, key)
    left = said.join(after.select(key), on=key, how="semi", nulls_equal=True)
    same = said.join(compare.same(now, after, key, contract), on=key, how="semi", nulls_equal=True)
    speaking = facts.rows.filter(~own)[ORDER].unique().sort()
    others = tuple("daftar yang dikirim" if n == 0 else live[n - 1].batch for n in speaking)
    gone = said.height - left.height
    return Undoing(batch_id, gone, left.height - same.height, same.height, others)


def _touched(folded: pl.DataFrame, frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The keys of the folded rows that the batch itself speaks of."""
    if all(name in frame.columns for name in key):
        return folded.select(key).join(frame.select(key).unique(), on=key, how="semi", nulls_equal=True)
    return folded.select(key)
