"""Child processes of the benchmark: one measured to its end, or one that serves until it is stopped."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from pipelines.places import ROOT


@dataclass(frozen=True)
class Spent:
    """What a child spent: wall seconds of the measured part, CPU seconds and peak memory (MB) of all."""

    seconds: float
    cpu: float
    peak_mb: float
    result: dict


def measured(function: str, *arguments: str, data: Path) -> Spent:
    """Run `module:function` of this package in a child of its own, with CERMIN_DATA at `data`.

    The child prints one JSON object on its last line: {"seconds": ..., ...}; the system tells peak memory.
    """
    command = [sys.executable, "-m", "bench.child", function, *arguments]
    environment = os.environ | {"CERMIN_DATA": str(data)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{function} ended with {child.returncode}")
    result = json.loads(output.strip().splitlines()[-1])
    return Spent(result["seconds"], usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, result)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def served(script: Path, data: Path, log: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a Streamlit script on a free port; gives ("127.0.0.1:port", process) once it is healthy."""
    address = f"127.0.0.1:{free_port()}"
    options = [
        "--server.headless=true",
        "--server.address=127.0.0.1",
        f"--server.port={address.split(':')[1]}",
    ]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        *options,
        "--browser.gatherUsageStats=false",
    ]
    with log.open("wb") as output:
        environment = os.environ | {"CERMIN_DATA": str(data)}
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(address, child, log)
        yield address, psutil.Process(child.pid)
    finally:
        child.terminate()
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_until_healthy(address: str, child: subprocess.Popen, log: Path, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and child.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://{address}/_stcore/health", timeout=2),
        ):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
