"""One application over a register that nobody opens, for what asks only which routes there are."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine

from app.main import create


@pytest.fixture(scope="session")
def application() -> FastAPI:
    return create(create_engine("sqlite://"))
