"""The operator's settings file: what it may hold and what is said otherwise."""

import pytest

from access import settings
from pipelines.errors import UserError


@pytest.fixture
def write(state, cermin_data):
    cermin_data.mkdir(parents=True, exist_ok=True)

    def put(text: str) -> None:
        (cermin_data / settings.FILE).write_text(text, encoding="utf-8")
        settings.forget()

    return put


def test_without_a_file_the_defaults_hold(state):
    assert settings.read() == settings.Settings(idle=3600, absolute=43_200, https=False, proxies=())
    assert settings.table("oidc") == {}


def test_what_the_file_says_holds(write):
    write(
        "[sesi]\nidle_menit = 15\n[server]\nhttps = true\nproksi_tepercaya = ['10.0.0.0/8', '127.0.0.1']\n"
        "[oidc]\nclient_id = 'cermin'\n"
    )
    known = settings.read()
    assert (known.idle, known.absolute, known.https) == (900, 43_200, True)
    assert known.proxies == ("10.0.0.0/8", "127.0.0.1/32")
    assert settings.table("oidc") == {"client_id": "cermin"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sesi]\nidel = 3", "kunci 'idel' di [sesi] tidak dikenal; yang dikenal: idle_menit, absolut_jam."),
        (
            "[sesi]\nidle_menit = 0",
            "'idle_menit' di [sesi] berisi 0; seharusnya bilangan bulat 1 sampai 1440.",
        ),
        (
            "[sesi]\nidle_menit = true",
            "'idle_menit' di [sesi] berisi True; seharusnya bilangan bulat 1 sampai 1440.",
        ),
        (
            "[sesi]\nabsolut_jam = 1.5",
            "'absolut_jam' di [sesi] berisi 1.5; seharusnya bilangan bulat 1 sampai 168.",
        ),
        ("[server]\nhttps = 'ya'", "'https' di [server] berisi 'ya'; seharusnya true atau false."),
        ("[server]\nproksi_tepercaya = ['x']", "seharusnya daftar alamat atau jaringan"),
        ("[sessi]\nidle_menit = 3", "bagian 'sessi' tidak dikenal; yang dikenal: [sesi], [server], [oidc]."),
        ("idle_menit = 3", "bagian 'idle_menit' tidak dikenal"),
        ("[sesi", "pengaturan tidak dapat dibaca"),
    ],
)
def test_a_mistake_is_named(write, text, said):
    write(text)
    with pytest.raises(UserError) as refusal:
        settings.read()
    assert said in str(refusal.value) and settings.FILE in str(refusal.value)
