"""The ground holds together: what the papers say is what the files do."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.vi.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def normalized(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def locked_packages() -> set[str]:
    return {
        normalized(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", read("requirements.lock"), re.M)
    }


def project() -> dict:
    return tomllib.loads(read("pyproject.toml"))["project"]


@pytest.mark.parametrize("readme", READMES)
def test_every_make_command_of_a_readme_exists(readme):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    named = set(re.findall(r"`make ([a-z]+)`", read(readme)))
    assert {"run", "test", "check", "bench", "lock", "clean"} <= named <= targets


@pytest.mark.parametrize(
    "page",
    [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/ARCHITECTURE.md", "docs/DATASET.md", "samples/README.md"],
)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", read(page))
    # RESULTS.md is written by `make bench`
    missing = [to for to in targets if not (ROOT / page).parent.joinpath(to).exists() and "RESULTS.md" not in to]
    assert missing == []


def test_both_readmes_say_the_same_things():
    headings = [len(re.findall(r"^## ", read(name), re.M)) for name in READMES]
    table_rows = [len(re.findall(r"^\| `?", read(name), re.M)) for name in READMES]
    assert headings[0] == headings[1]
    assert table_rows[0] == table_rows[1]


def test_the_lock_names_no_host():
    assert not re.search(r"https?:|^\s*--(?!hash=)\S|@ ", read("requirements.lock"), re.M)


def test_every_locked_package_has_hashes():
    blocks = re.split(r"^(?=[A-Za-z0-9])", read("requirements.lock"), flags=re.M)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_every_dependency_is_locked():
    named = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    assert {normalized(re.match(r"[A-Za-z0-9._-]+", line)[0]) for line in named} <= locked_packages()


def test_packages_with_extras_stand_without_them_too():
    # pip 23.0 on Debian 12 refuses the lock otherwise: scripts/lock.sh
    lines = re.findall(r"^[A-Za-z0-9._-]+(?:\[[^]]*\])?==\S+", read("requirements.lock"), re.M)
    assert {re.sub(r"\[[^]]*\]", "", line) for line in lines if "[" in line} <= set(lines)


def test_samples_readme_lists_every_file():
    listed = set(re.findall(r"^\| `([^`]+\.(?:pdf|json|txt))` \|", read("samples/README.md"), re.M))
    there = {
        str(path.relative_to(ROOT / "samples")) for path in (ROOT / "samples").rglob("*.*") if path.name != "README.md"
    }
    assert listed == there


def test_every_sample_has_its_truth():
    names = {path.stem for path in (ROOT / "samples").rglob("*.pdf")}
    assert names == {path.stem for path in (ROOT / "samples" / "truth").glob("*.json")}


def test_changelog_has_the_version():
    assert f"## {project()['version']}" in read("CHANGELOG.md")


def test_ci_runs_what_developers_run():
    assert "make test" in read(".ci/run")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("script", ["scripts/setup.sh", "scripts/lock.sh", ".ci/run"])
def test_scripts_are_bash_that_parses(script):
    subprocess.run(["bash", "-n", ROOT / script], check=True)


def test_set_up_says_what_it_takes():
    done = subprocess.run([ROOT / "scripts" / "setup.sh", "nonsense"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run|test" in done.stderr
