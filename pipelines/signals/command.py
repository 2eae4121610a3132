"""The verb `signals`: the digest of what is new since a day, on stdout."""

import argparse
import json
from collections.abc import Callable
from datetime import date

from pipelines import build, questions
from pipelines.signals import digest

FORMATS = {"text": digest.text, "html": digest.html}


def add_options(parser: argparse.ArgumentParser, read_day: Callable[[str], date]) -> None:
    """The options of the verb: since when, and in which form."""
    parser.add_argument(
        "--since",
        type=read_day,
        metavar="TANGGAL",
        help="yang tampak sejak tanggal ini; tanpa ini semua yang baru",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="text (bawaan) atau html")


def main(given: argparse.Namespace) -> int:
    """Write the digest; with --json the rows themselves. 0, also when there is nothing new."""
    build.ensure()
    found = questions.answer("sinyal")
    if given.json:
        rows = digest.since(found, given.since).to_dicts()
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    else:
        print(FORMATS[given.format](found, given.since), end="")
    return 0
