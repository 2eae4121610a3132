"""Whatever bytes come: an answer or a sentence, for as long as CERMIN_FUZZ says (seconds, default 20)."""

import os
import subprocess
import sys

from pipelines import places

SECONDS = int(os.environ.get("CERMIN_FUZZ", "20"))


def test_no_bytes_end_in_anything_but_an_answer_or_a_sentence(tmp_path):
    environment = os.environ | {"PYTHONPATH": str(places.ROOT), "CERMIN_DATA": str(tmp_path / "cermin")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.fuzz", str(SECONDS), str(tmp_path)],
        cwd=places.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS + 150,
    )
    assert done.returncode == 0, (done.stderr[-3000:], sorted(path.name for path in tmp_path.iterdir()))
    assert "Done " in done.stdout + done.stderr
