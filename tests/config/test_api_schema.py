"""Generated requests to every operation of the API, as several roles: none makes a 500.

schemathesis makes them from the OpenAPI description, right ones and wrong ones, and every answer
must be one that the description names, in the shape that it gives.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, strategies
from hypothesis import settings as examples
from pytest_django.fixtures import Settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from tests.factories.api import bearer
from tests.factories.api_world import build_api_world

Cases: TypeAlias = strategies.SearchStrategy[Case[Any]]
SCHEMA = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = {
    found.definition.raw["operationId"]: found
    for found in (result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok))
}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
ROLES = ("clinician", "practice_manager", "hub_retention_lead", "hub_administrator")


def cases(operation: Any) -> Cases:
    """Return right requests, and wrong ones where anything about a request can be wrong."""
    right: Cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if not (operation.body or operation.query or operation.path_parameters):
        return right
    wrong: Cases = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    return right | wrong


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Keep the test's connection open: a served request closes it, with the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.no_cover
def test_no_request_makes_a_fault(name: str, settings: Settings) -> None:
    settings.API_REQUESTS_A_MINUTE = settings.API_HEAVY_REQUESTS_A_MINUTE = 1_000_000
    world = build_api_world()
    tokens = {role: bearer(world.by[role]) for role in ROLES}
    seen = set()

    @given(
        case=cases(OPERATIONS[name]),
        role=strategies.sampled_from(ROLES),
        real=strategies.integers(0, 9),
    )
    @examples(
        max_examples=12, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    def send(case: Case[Any], role: str, real: int) -> None:
        if real:  # A made-up address is 404 most of the time, and tests nothing behind it.
            known = set(case.path_parameters or {}) & set(world.ids)
            case.path_parameters.update({key: world.ids[key] for key in known})
            if "networks/{code}" in case.path:
                case.path_parameters["code"] = world.places["network"].code
        with transaction.atomic():  # Else one broken transaction would break those that follow.
            response = case.call(headers=tokens[role])
            transaction.set_rollback(True)
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS, headers=tokens[role])

    send()
    assert seen - {401, 429}, "no request got through"
