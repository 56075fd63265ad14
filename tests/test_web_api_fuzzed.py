"""The API answers synthetic requests as its description declares.

The description, with its examples, is made as this file is imported: the inner loop does not import it.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from drawing import draws
from ledger287.web.api_v1.openapi import document
from ledger287.web.server.app import make_app
from sites import site_on


@asynccontextmanager
async def kept_open(_: Any) -> AsyncIterator[None]:
    """In place of the application's own: each synthetic request would start and stop it."""
    yield


SITE = site_on(date(2026, 5, 9))
APP = make_app(SITE, watch=False)
APP.router.lifespan_context = kept_open
API = schemathesis.openapi.from_dict(json.loads(json.dumps(document(SITE.edition, ""), default=str)))
API.app, API.location = APP, "/api/v1/openapi.json"


@pytest.fixture(scope="module", autouse=True)
def _closed() -> Iterator[None]:
    yield
    SITE.children.close()


@API.exclude(path="/api/v1/check").parametrize()
@settings(
    max_examples=draws(25, 8), derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_synthetic_requests_are_answered_as_declared(case: Any) -> None:
    """One check is left out: that a day or a name of the right form has an answer; 400 says why there is none.

    A value so long that the URL is refused as a URL (414) is refused.
    """
    response = case.call()
    too_long = [negative_data_rejection] if response.status_code == 414 else []
    case.validate_response(response, excluded_checks=[positive_data_acceptance, *too_long])


@API.include(path="/api/v1/check").parametrize()
@settings(
    max_examples=draws(8, 3), derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
def test_synthetic_stories_are_answered(case: Any) -> None:
    case.call_and_validate(checks=[not_a_server_error])
