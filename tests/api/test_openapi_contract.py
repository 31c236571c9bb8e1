"""Every operation of the API, asked many ways: what it answers is what its description says."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from sqlalchemy import Engine, create_engine

from app.main import create

pytestmark = pytest.mark.contract

#: Its register is given when the tests run; which operations there are is known before.
APP = create(create_engine("sqlite://"))

schema = schemathesis.openapi.from_asgi("/openapi.json", APP, headers={"host": "127.0.0.1"})


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_it_is_described(case: schemathesis.Case, filled: Engine) -> None:
    APP.state.engine = filled

    said = case.call(headers={"host": "127.0.0.1"})

    case.validate_response(said, checks=[not_a_server_error, content_type_conformance, response_schema_conformance])
