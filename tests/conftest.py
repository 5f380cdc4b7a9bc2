from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """Name the folder that holds the whole source tree."""
    return ROOT


@pytest.fixture(scope="session")
def btob_path(root: Path) -> Path:
    """Name the folder of the pack that ships with Shirube."""
    return root / "content" / "btob"
