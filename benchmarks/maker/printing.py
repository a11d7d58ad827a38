"""HTML to PDF by a headless Chromium."""

import subprocess
import tempfile
from pathlib import Path

_TIMEOUT_S = 90
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--virtual-time-budget=2000",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


class PrintingFailed(Exception):
    """Chromium is missing, or gave no PDF: `apt-get install chromium`."""


def print_pdf(html: str, target: Path) -> None:
    """Print a page of HTML, each with a browser profile of its own: runs side by side wait for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(html, encoding="utf-8")
        command = [
            "chromium",
            *_FLAGS,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        try:
            result = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
        except FileNotFoundError:
            raise PrintingFailed("chromium is not installed: apt-get install chromium") from None
    if result.returncode != 0 or not target.exists():
        raise PrintingFailed(f"chromium printed no {target.name}:\n{result.stderr[-2000:]}")
