"""A region as people write it -> its code, or a refusal: never by substring, never a silent guess.

The whole folded text comes first (ambiguous list, then codes and aliases); only then one known prefix and one
province suffix are taken off, and name, jenis and province must fit together. All names are data.
"""

import difflib
import re
from dataclasses import dataclass
from functools import cache

from pipelines import reference
from pipelines.terms import Verdict, fold

_CODE = re.compile(r"\d{2}([.]\d{2})?$")
_CODE_WITHIN = re.compile(r"\b\d{2}[.]\d{2}\b")
_DAMAGED_CODE = re.compile(r"\d{2}[.,]\d{1,2}$|\d{4}$")
FOREIGN = "wilayah di luar cakupan data ini"
AMBIGUOUS = "nama wilayah rancu"
UNKNOWN = "wilayah tidak dikenal"
UNFIT = "nama dan jenis wilayah tidak cocok"
_FIX = "tulis jenis dan nama lengkap, atau kodenya, seperti di daftar wilayah"


@dataclass(frozen=True)
class Gazetteer:
    """What the shipped lists know; every key is folded."""

    display: dict[str, str]  # code -> jenis and name
    jenis: dict[str, str]  # code -> jenis
    province: dict[str, str]  # code -> code of its province
    ambiguous: dict[str, str]  # text -> why, with the candidates
    whole: dict[str, str]  # alias -> code
    names: dict[str, str]  # a name without prefix -> code
    official: dict[str, str]  # an official name -> code
    prefixes: dict[str, str]  # prefix -> jenis
    suffixes: dict[str, str]  # province -> code, ours
    elsewhere: dict[str, str]  # province -> its name, not ours
    elsewhere_codes: dict[str, str]


def judge(text: str) -> Verdict:
    """The code of a region (`64.08`, `64`), or a refusal whose reason says which of the cases it is."""
    known = gazetteer()
    folded = fold(text)
    if folded in known.ambiguous:
        return _ambiguous(folded, known)
    if code := _code(text.strip(), known):
        return code
    if folded in known.whole:
        return Verdict(known.whole[folded])
    return _judge_parts(folded, known)


@cache
def gazetteer() -> Gazetteer:
    """The shipped lists, read once."""
    regions = reference.read("wilayah").rows(named=True)
    aliases = reference.read("wilayah_alias").rows(named=True)
    others = reference.read("provinsi_lain").rows(named=True)
    prefixes = {
        fold(row["awalan"]): row["jenis"] for row in reference.read("wilayah_awalan").rows(named=True)
    }
    jenis = {row["kode_wilayah"]: row["jenis"] for row in regions}
    usable = [(fold(row["alias"]), row["kode_wilayah"]) for row in aliases if row["jenis"] != "ibu kota"]
    official = {fold(row["nama"]): row["kode_wilayah"] for row in regions}
    names = {
        alias: code for alias, code in usable if not _is_prefixed(alias, jenis[code], prefixes)
    } | official
    return Gazetteer(
        display={row["kode_wilayah"]: f"{row['jenis']} {row['nama']}" for row in regions},
        jenis=jenis,
        province={row["kode_wilayah"]: row["kode_provinsi"] for row in regions},
        ambiguous={
            fold(row["teks"]): row["alasan"] for row in reference.read("wilayah_rancu").rows(named=True)
        },
        whole=dict(usable),
        names=names,
        official=official,
        prefixes=prefixes,
        suffixes={name: code for name, code in names.items() if jenis[code] == "Provinsi"},
        elsewhere={fold(name): row["nama"] for row in others for name in _spellings(row)},
        elsewhere_codes={row["kode"]: row["nama"] for row in others},
    )


def _spellings(row: dict) -> list[str]:
    return [row["nama"], *(part.strip() for part in (row["singkatan"] or "").split("|") if part.strip())]


def _is_prefixed(alias: str, jenis: str, prefixes: dict[str, str]) -> bool:
    """Whether an alias already carries a prefix that states its own jenis (`Kab. Kukar`, not `Kota Baru`)."""
    return any(alias.startswith(prefix + " ") and of == jenis for prefix, of in prefixes.items())


def _code(text: str, known: Gazetteer) -> Verdict | None:
    """A text that is a code; codes are compared as written, for without its point 64.02 means two regions."""
    if not _CODE.match(text) and not _DAMAGED_CODE.match(text):
        return None
    if text in known.display:
        return Verdict(text)
    if text[:2] in known.elsewhere_codes:
        return Verdict(None, f"{FOREIGN}: kode provinsi {known.elsewhere_codes[text[:2]]}", _FIX)
    if text[:2] in known.display and not _CODE.match(text):
        reason = f"{AMBIGUOUS}: kode tanpa titik atau dengan angka yang hilang"
        return Verdict(None, reason, "tulis kode Kemendagri sebagai teks, dua angka, titik, dua angka")
    return Verdict(None, f"{UNKNOWN}: tidak ada kode itu", _FIX)


def _judge_parts(folded: str, known: Gazetteer) -> Verdict:
    """Take off one province suffix and one prefix; what remains must be a name that fits both."""
    if folded in known.elsewhere:
        return _foreign(known.elsewhere[folded])
    name, province, is_elsewhere = _without_suffix(folded, known)
    if is_elsewhere:
        return _foreign(province)
    if province and name in known.ambiguous:
        return _ambiguous(name, known)
    code = known.whole.get(name)
    prefix, bare = _without_prefix(name, known)
    if code is None:
        code = known.names.get(bare)
        if code is None or (prefix and known.jenis[code] != known.prefixes[prefix]):
            return _refuse(folded, prefix, bare, code, province, known)
    if province and known.province[code] != province:
        reason = f"{UNFIT}: {known.display[code]} tidak berada di {known.display[province]}"
        return Verdict(None, reason, _FIX)
    return Verdict(code)


def _without_suffix(folded: str, known: Gazetteer) -> tuple[str, str | None, bool]:
    """The text without one trailing province; the province (our code, or a name); whether it is not ours."""
    words = folded.split()
    for start in range(1, len(words)):
        tail = " ".join(words[start:])
        bare = _without_prefix(tail, known, jenis="Provinsi")[1]
        head = " ".join(words[:start])
        if head in known.prefixes:
            continue
        if bare in known.suffixes:
            return head, known.suffixes[bare], False
        if bare in known.elsewhere:
            return head, known.elsewhere[bare], True
    return folded, None, False


def _without_prefix(text: str, known: Gazetteer, jenis: str | None = None) -> tuple[str | None, str]:
    """The longest known prefix (of that jenis) and the rest; (None, text) when there is none."""
    for prefix in sorted(known.prefixes, key=len, reverse=True):
        if text.startswith(prefix + " ") and jenis in (None, known.prefixes[prefix]):
            return prefix, text[len(prefix) + 1 :]
    return None, text


def _refuse(
    folded: str, prefix: str | None, bare: str, code: str | None, province: str | None, known: Gazetteer
) -> Verdict:
    if bare in known.ambiguous:
        return _ambiguous(bare, known)
    if code is not None:
        return Verdict(None, f"{UNFIT}: yang dikenal adalah {known.display[code]}", _FIX)
    hint = _hint(bare, known)
    if bare in known.elsewhere:
        return _foreign(known.elsewhere[bare])
    if prefix and not province and _without_prefix(bare, known)[0] is None:
        return Verdict(None, f"{FOREIGN}: bukan salah satu dari {len(known.display)} wilayah kami", hint)
    return Verdict(None, UNKNOWN, hint)


def _ambiguous(text: str, known: Gazetteer) -> Verdict:
    """Refused with the candidates that the list names or whose name begins so."""
    why = known.ambiguous[text]
    bare, told = _without_prefix(text, known)[1], f" {fold(why)} "
    begun = {code for name, code in known.official.items() if name == bare or name.startswith(bare + " ")}
    named = {code for name, code in known.official.items() if f" {name} " in told}
    codes = sorted(begun | named | {code for code in _CODE_WITHIN.findall(why) if code in known.display})
    shown = "; ".join(f"{known.display[code]} ({code})" for code in codes)
    return Verdict(
        None, f"{AMBIGUOUS}: {why}", f"tulis lengkap wilayah yang dimaksud{': ' + shown if shown else ''}"
    )


def _foreign(province: str) -> Verdict:
    return Verdict(None, f"{FOREIGN}: {province}", "hapus baris ini, atau perbaiki nama wilayahnya")


def _hint(bare: str, known: Gazetteer) -> str:
    """A nearby name as a question to the person; it is never used as an answer."""
    near = difflib.get_close_matches(bare, list(known.names), n=1, cutoff=0.8)
    return f"{_FIX}; mungkin maksudnya {known.display[known.names[near[0]]]}?" if near else _FIX
