"""How days and months are read in a file: what its dates prove, what they leave open, and examples."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines import dates

SHOWN = 3


@dataclass(frozen=True)
class Seen:
    """What the dates of a column or file show.

    proofs: the orders (`dmy`, `mdy`) in which some date exists only; doubtful: dates that exist in both and
    differ; examples: dates of the file as they stand, the doubtful ones first; month_first: a proof of mdy.
    """

    proofs: frozenset[str] = frozenset()
    doubtful: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    month_first: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the file leaves the order open: it can be read both ways, or proves both."""
        return len(self.proofs) == 2 or (bool(self.doubtful) and not self.proofs)


def look(texts: Iterable[str]) -> Seen:
    """What distinct texts of a date column show."""
    proofs, doubtful, plain, month_first = set(), [], [], None
    for text in texts:
        proof = dates.evidence(text)
        if proof is not None:
            proofs.add(proof)
            month_first = month_first or (text if proof == dates.MONTH_FIRST else None)
        if len(doubtful) < SHOWN and proof is None and dates.has_two_readings(text):
            doubtful.append(text.strip())
        elif len(plain) < SHOWN and not dates.judge(text, proof or dates.DAY_FIRST).refused:
            plain.append(text.strip())
    examples = tuple(dict.fromkeys([*doubtful, *plain]))[:SHOWN]
    return Seen(frozenset(proofs), tuple(doubtful), examples, month_first)


def together(seen: Iterable[Seen]) -> Seen:
    """What the date columns of a file show together."""
    seen = list(seen)
    doubtful = tuple(dict.fromkeys(text for one in seen for text in one.doubtful))[:SHOWN]
    shown = [*doubtful, *(text for one in seen for text in one.examples)]
    first = next((one.month_first for one in seen if one.month_first), None)
    proofs = frozenset().union(*(one.proofs for one in seen))
    return Seen(proofs, doubtful, tuple(dict.fromkeys(shown))[:SHOWN], first)
