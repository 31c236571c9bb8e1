"""`GET /health`: whether the program answers and its register can be read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.records import answers
from app.store.engine import reading

router = APIRouter(tags=["运行"])


class Health(BaseModel):
    """`ok` when the register answers."""

    status: str


@router.get("/health", summary="是否正常", response_model=Health, responses={503: RESPONSES[503]})
def read_health(caller: Annotated[Caller, Depends(Allowed("health.read", scope="none"))]) -> Health:
    """登记库能读就是 ok，否则答 503。"""
    with reading(caller.engine) as session:
        answers(session)
    return Health(status="ok")
