"""What a start of the server leaves behind of the life before it: no raw file."""

import secrets

from pipelines import titipan
from portal import start


def test_a_start_leaves_no_raw_file(sample_copy):
    token = secrets.token_hex(16)
    with titipan.begin(7, token, 4) as part:
        part.write(b"nik;")
    titipan.begin(7, secrets.token_hex(16), 4).close()
    titipan.keep(7, token, "lama.csv", "laporan")
    start.ready()
    assert titipan.listed(7) == []
    assert not list(sample_copy.glob("state/unggahan/**/*"))
