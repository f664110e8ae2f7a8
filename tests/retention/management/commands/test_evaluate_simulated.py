import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from models.evaluation import simulated


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small hubs and few futures."""
    monkeypatch.setattr(simulated, "SIZES", (100, 300))
    evaluate = simulated.evaluate
    monkeypatch.setattr(
        simulated, "evaluate", lambda hubs: evaluate(hubs=hubs, outcomes=20, rows=2_000)
    )


def test_it_prints_json() -> None:
    out = StringIO()
    call_command("evaluate_simulated", "--json", "--hubs=2", stdout=out)
    found = json.loads(out.getvalue())
    assert found["method"] == simulated.METHOD
    assert len(found["sizes"]) == 2 * len(simulated.STRENGTHS)


def test_it_prints_words() -> None:
    out = StringIO()
    call_command("evaluate_simulated", "--hubs=2", stdout=out)
    assert "80 % intervals" in out.getvalue()
    assert "local data beat the table" in out.getvalue()


def test_one_hub_has_no_error() -> None:
    with pytest.raises(CommandError, match="2 or more"):
        call_command("evaluate_simulated", "--hubs=1")
