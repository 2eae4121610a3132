"""What may be a password, how it is kept, and that cheap hashes stay in rehearsals."""

import unicodedata

import argon2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from access import passwords
from pipelines.errors import UserError

TYPED = st.text(st.characters(codec="utf-8"), min_size=12, max_size=60)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Sandi terlalu pendek: 0 karakter; pakailah paling sedikit 12 karakter."),
        ("sebelas hrf", "Sandi terlalu pendek: 11 karakter; pakailah paling sedikit 12 karakter."),
        ("x" * 1001, "Sandi terlalu panjang: pakailah paling banyak 1000 karakter."),
        (
            "Bismillah123",
            "Sandi ini ada di daftar sandi yang umum dipakai; pilihlah yang tidak dapat ditebak.",
        ),
        (
            "ＯＭＢＵＤＳＭＡＮ123",
            "Sandi ini ada di daftar sandi yang umum dipakai; pilihlah yang tidak dapat ditebak.",
        ),
        ("saya RINA.ayu sekali", "Sandi memuat nama akun; pilihlah sandi tanpa nama itu."),
    ],
)
def test_a_refused_password_is_told_why(password, sentence):
    with pytest.raises(UserError) as refusal:
        passwords.accept(password, "rina.ayu")
    assert str(refusal.value) == sentence


def test_the_part_of_a_name_before_the_at_sign_counts_as_the_name():
    with pytest.raises(UserError, match="memuat nama akun"):
        passwords.accept("rahasia milik rina saja", "rina@contoh.go.id")


@pytest.mark.parametrize(
    "password", ["a b c d e f g", "éèêëēėę ñ šđčć", "顔文字とパスワードの話です", "y" * 11 + "z" * 989]
)
def test_there_are_no_rules_of_composition_and_1000_characters_fit(password):
    assert passwords.accept(password, "rina")


@given(TYPED)
@example("cafe\u0301 di tepi sungai")
@settings(max_examples=60)
def test_an_accepted_password_matches_in_every_spelling_of_its_characters(password):
    try:
        accepted = passwords.accept(password, "nama-yang-tidak-muncul")
    except UserError:
        return
    kept = passwords.keep(accepted)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert passwords.matches(unicodedata.normalize(form, password), kept)
    assert not passwords.matches(password + "x", kept)
    assert password not in kept


@given(st.text(max_size=40))
@settings(max_examples=30)
def test_no_password_matches_a_missing_or_broken_hash(password):
    assert not passwords.matches(password, None)
    assert not passwords.matches(password, "bukan hash")


def test_an_overlong_password_never_matches_its_own_beginning():
    kept = passwords.keep("y" * passwords.LONGEST)
    assert passwords.matches("y" * passwords.LONGEST, kept)
    assert not passwords.matches("y" * (passwords.LONGEST + 1), kept)


def test_the_shipped_list_holds_long_folded_passwords_once_each():
    lines = [line for line in passwords.COMMON.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert len(lines) == len(set(lines)) > 5_000
    assert all(
        len(line) >= passwords.SHORTEST and line == passwords.normal(line).casefold() for line in lines
    )
    assert {"bismillah123", "ombudsman123", "indonesia123", "qwerty123456", "password1234"} <= set(lines)


def test_one_time_passwords_differ_and_would_be_accepted():
    drawn = {passwords.one_time() for _ in range(200)}
    assert len(drawn) == 200
    assert all(passwords.accept(password, "rina") for password in drawn)


def test_production_hashes_with_the_low_memory_profile_of_rfc_9106(monkeypatch):
    monkeypatch.delenv(passwords.REHEARSAL[0])
    kept = passwords.keep("kuda laut biru 77")
    assert argon2.extract_parameters(kept) == argon2.profiles.RFC_9106_LOW_MEMORY
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize("folder", ["/srv/cermin", "/var/lib/cermin", ""])
def test_a_rehearsal_is_impossible_outside_the_temporary_folder(folder, monkeypatch):
    # Only asked, nothing is written: the folder need not exist.
    with monkeypatch.context() as patch:
        patch.setenv("CERMIN_DATA", folder)
        assert not passwords._is_rehearsal()
    assert passwords._is_rehearsal()


def test_a_rehearsal_needs_the_exact_text(monkeypatch):
    monkeypatch.setenv(passwords.REHEARSAL[0], "1")
    assert not passwords._is_rehearsal()


def test_a_hash_with_other_parameters_is_outdated():
    old = argon2.PasswordHasher(time_cost=2, memory_cost=32, parallelism=1).hash("kuda laut biru 77")
    assert passwords.is_outdated(old)
    assert not passwords.is_outdated(passwords.keep("kuda laut biru 77"))
