from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from checklist.pack.compiled import Pack
from checklist.pack.loader import load_pack
from checklist.planning.plan import Plan, make_plan
from checklist.questionnaire.answers import read_answers
from checklist.wording import Phrases, load_phrases

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)

# 100 million yen at 3 million a deal, 25 % won, 20 % of leads become opportunities.
WORKED = {
    "campaign": "site_renewal",
    "purpose": "acquisition",
    "campaign_date": "2027-01-15",
    "kgi_kind": "amount",
    "kgi_amount": "1億円",
    "kgi_date": "2027-12-31",
    "existing_revenue": "0",
    "share": "100%",
    "average_deal": "300万円",
    "lead_to_opportunity": "20%",
    "opportunity_to_deal": "25%",
    "lead_to_opportunity_time": "1か月",
    "opportunity_to_deal_time": "3か月",
}


@pytest.fixture(scope="session")
def root() -> Path:
    """Name the folder that holds the whole source tree."""
    return ROOT


@pytest.fixture(scope="session")
def btob_path(root: Path) -> Path:
    """Name the folder of the pack that ships with Shirube."""
    return root / "content" / "btob"


@pytest.fixture(scope="session")
def btob(btob_path: Path) -> Pack:
    """Load the pack that ships with Shirube."""
    return load_pack(btob_path)


@pytest.fixture(scope="session")
def phrases(root: Path) -> Phrases:
    """Load the engine's own sentences."""
    return load_phrases(root / "content" / "phrases")


@pytest.fixture(scope="session")
def plan_of(btob: Pack) -> Callable[..., Plan]:
    """Make plans of the worked example with some answers changed; None takes an answer out."""

    def make(path: str = "quick", today: date = TODAY, **changes: object) -> Plan:
        given = {name: answer for name, answer in {**WORKED, **changes}.items() if answer is not None}
        return make_plan(btob, read_answers(btob, {"pack": "btob", "path": path, "answers": given}), today)

    return make
