"""At run time nothing is fetched and nothing is sent: the main job runs with loopback alone."""

import sys
import textwrap
from pathlib import Path

import pytest

from tests.no_network import can_make_namespaces, run_without_network

CHITIEU = Path(sys.executable).with_name("chitieu")


def run_python(code: str, tmp_path: Path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(code), encoding="utf-8")
    return run_without_network([sys.executable, script], tmp_path / "network.log", timeout_s=300)


def test_the_net_catches_a_connection(tmp_path):
    outcome = run_python("import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)", tmp_path)
    assert outcome.exit_code != 0
    assert "192.0.2.1" in outcome.attempts


def test_the_net_catches_a_lookup_even_where_its_error_is_swallowed(tmp_path):
    outcome = run_python(
        """
        import urllib.request
        try:
            urllib.request.urlopen("http://telemetry.invalid/")
        except OSError:
            pass
        """,
        tmp_path,
    )
    assert outcome.exit_code == 0
    assert "telemetry.invalid" in outcome.attempts


def test_the_net_catches_spawned_children(tmp_path):
    outcome = run_python(
        """
        import multiprocessing, socket

        def call():
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.7", 9))

        if __name__ == "__main__":
            child = multiprocessing.get_context("spawn").Process(target=call)
            child.start()
            child.join()
        """,
        tmp_path,
    )
    assert "192.0.2.7" in outcome.attempts


def test_loopback_stays_open(tmp_path):
    outcome = run_python(
        """
        import socket
        server = socket.create_server(("127.0.0.1", 0))
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()
        """,
        tmp_path,
    )
    assert (outcome.exit_code, outcome.attempts) == (0, ""), outcome.output


@pytest.mark.skipif(not can_make_namespaces(), reason="this machine allows no network namespaces; the hook alone holds")
def test_programs_that_are_not_python_have_no_network_either(tmp_path):
    outcome = run_without_network(["ip", "-o", "link"], tmp_path / "network.log")
    assert [line.split(": ")[1] for line in outcome.output.splitlines()] == ["lo"]


@pytest.mark.ocr
def test_ingest_needs_no_network(samples, tmp_path):
    scan = samples / "office" / "lai-chau-skhcn.pdf"
    home = tmp_path / "home"
    home.mkdir()
    command = [CHITIEU, "ingest", "--direct", "--home", home, scan]
    outcome = run_without_network(command, tmp_path / "network.log")
    assert outcome.exit_code == 0, outcome.output
    assert outcome.attempts == ""
    assert (home / "output" / "indicators.csv").stat().st_size > 0
