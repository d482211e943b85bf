"""Who may import whom: the contracts of pyproject.toml hold, and the command line starts without the heavy parts."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = "dateparser edtf jinja2 nameparser networkx numpy py3langid rapidfuzz rich trafilatura".split()


def test_contracts_hold() -> None:
    """Stages know neither one another nor what stands above them."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache", "--config", "pyproject.toml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["headwater", "headwater.cli", "headwater.model"])
def test_heavy_packages_are_imported_on_demand(module: str) -> None:
    """Importing the package, its records or the command line imports none of the heavy packages."""
    code = f"import sys, {module}\nprint(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
