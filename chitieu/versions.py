"""Which software, models and word lists read a document: a change of any of them makes it worth reading again."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

# What decides what is read; the rooms that only store and show it are left out.
READING_PACKAGES = ("extractors", "normalizers", "chitieu.model")
READING_MODULES = ("flows/stages.py",)


@cache
def software_version() -> str:
    """The version of the installed package, `0.1.0`."""
    try:
        return version("chitieu")
    except PackageNotFoundError:
        return "0.0.0"


@cache
def code_version() -> str:
    """Software version and fingerprint of the code, models and data that read documents: `0.1.0+1a2b3c4d5e6f`."""
    digest = hashlib.sha256()
    for path in _reading_files():
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{software_version()}+{digest.hexdigest()[:12]}"


def _reading_files() -> list[Path]:
    root = Path(__file__).parent.parent
    files = [path for package in READING_PACKAGES for path in _package_folder(package).rglob("*") if _is_source(path)]
    files += [root / module for module in READING_MODULES if (root / module).exists()]
    return sorted(files)


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"
