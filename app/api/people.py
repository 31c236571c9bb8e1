"""`/api/v1/people`, `/departments`, `/roles`: accounts and what they may, for their administrators."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from app.api.problems import RESPONSES
from app.api.scope import Allowed, Caller
from app.register.people import departments, managing
from app.register.people.accounts import department_row, make, person_row
from app.register.people.roles import roles
from app.store.engine import reading, unit

router = APIRouter(tags=["人员"], responses=RESPONSES)

Division = Annotated[str, Field(max_length=9, description="9位乡镇、6位县、4位市的代码，或 all")]


class DepartmentRow(BaseModel):
    """An office that people belong to."""

    id: str
    name: str
    division: str
    closed_at: str | None


class GrantRow(BaseModel):
    """A role in a division."""

    id: str
    role: str
    division: str
    given_at: str


class Person(BaseModel):
    """An account as its administrators see it."""

    id: str
    name: str
    shown_name: str
    department: DepartmentRow
    state: str
    must_change: bool
    made_at: str
    grants: list[GrantRow]


class PersonWithPassword(Person):
    """With the one-time password, which is told once: it has to be changed at the first sign-in, within a week."""

    one_time_password: str


class Adding(BaseModel):
    """A new account: the name to sign in with, the person's name, the department's id."""

    name: Annotated[str, Field(max_length=64, description="账号")]
    shown_name: Annotated[str, Field(max_length=80, description="姓名")]
    department: Annotated[str, Field(max_length=64, description="部门的编号")]


class Granting(BaseModel):
    """A role, and where."""

    role: Annotated[str, Field(max_length=64, description="角色")]
    division: Division


class AddingDepartment(BaseModel):
    """A department and where it is."""

    name: Annotated[str, Field(max_length=200, description="部门名称")]
    division: Division


class Renaming(BaseModel):
    """What a department is called from now on."""

    name: Annotated[str, Field(max_length=200, description="部门名称")]


class Role(BaseModel):
    """A role: where it is given, what it may; `at`: at which levels it may less than that, and what."""

    role: str
    zh: str
    says: str
    levels: list[str]
    personal: bool
    functions: list[str]
    at: dict[str, list[str]]


@router.get("/people", summary="列出账号", response_model=list[Person])
def list_people(caller: Annotated[Caller, Depends(Allowed("people.list", scope="none"))]) -> list[dict[str, Any]]:
    """归您管的账号和各自的权限；停用的也列。"""
    with reading(caller.engine) as session:
        return [person_row(session, one) for one in managing.people(session, caller.actor)]


@router.post("/people", summary="新建账号", response_model=PersonWithPassword)
def add_person(
    told: Adding, caller: Annotated[Caller, Depends(Allowed("people.make", scope="none"))]
) -> dict[str, Any]:
    """建一个还没有权限的账号，答复里的一次性口令只说这一次。"""
    with unit(caller.engine) as session:
        office = departments.department_of(session, caller.actor, told.department)
        account = make(session, caller.actor, told.name, told.shown_name, office)
        password = managing.set_one_time(session, account)
        return person_row(session, account) | {"one_time_password": password}


@router.get("/people/{account}", summary="一个账号", response_model=Person)
def read_person(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.read", scope="none"))]
) -> dict[str, Any]:
    """账号写名字或编号。"""
    with reading(caller.engine) as session:
        return person_row(session, managing.person(session, caller.actor, account))


@router.post("/people/{account}/disable", summary="停用账号", response_model=Person)
def disable_person(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.disable", scope="none"))]
) -> dict[str, Any]:
    """立即不能再用，已登录的也退出；账号不删，做过的事仍查得到。"""
    with unit(caller.engine) as session:
        return person_row(session, managing.disable(session, caller.actor, account))


@router.post("/people/{account}/enable", summary="启用账号", response_model=Person)
def enable_person(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.enable", scope="none"))]
) -> dict[str, Any]:
    """停用过的账号可以再用，口令不变。"""
    with unit(caller.engine) as session:
        return person_row(session, managing.enable(session, caller.actor, account))


@router.post("/people/{account}/password", summary="发一次性口令", response_model=PersonWithPassword)
def give_password(
    account: str, caller: Annotated[Caller, Depends(Allowed("people.password", scope="none"))]
) -> dict[str, Any]:
    """原口令和已有的登录立即作废；一次性口令只说这一次，登录后要先改。"""
    with unit(caller.engine) as session:
        found, password = managing.give_password(session, caller.actor, account)
        return person_row(session, found) | {"one_time_password": password}


@router.post("/people/{account}/grants", summary="给权限", response_model=Person)
def give_grant(
    account: str, told: Granting, caller: Annotated[Caller, Depends(Allowed("people.grant", scope="none"))]
) -> dict[str, Any]:
    """在一个地方给一个角色；角色和能给的级别见 GET /api/v1/roles。"""
    with unit(caller.engine) as session:
        managing.grant(session, caller.actor, account, told.role, told.division)
        return person_row(session, managing.person(session, caller.actor, account))


@router.post("/people/{account}/grants/{grant}/withdraw", summary="撤权限", response_model=Person)
def withdraw_grant(
    account: str, grant: str, caller: Annotated[Caller, Depends(Allowed("people.withdraw", scope="none"))]
) -> dict[str, Any]:
    """立即不再有这项权限，已登录的要重新登录。"""
    with unit(caller.engine) as session:
        managing.withdraw(session, caller.actor, account, grant)
        return person_row(session, managing.person(session, caller.actor, account))


@router.get("/departments", summary="列出部门", response_model=list[DepartmentRow])
def list_departments(
    caller: Annotated[Caller, Depends(Allowed("departments.list", scope="none"))],
) -> list[dict[str, Any]]:
    """归您管的部门。"""
    with reading(caller.engine) as session:
        return [department_row(one) for one in departments.departments(session, caller.actor)]


@router.post("/departments", summary="新建部门", response_model=DepartmentRow)
def add_department(
    told: AddingDepartment, caller: Annotated[Caller, Depends(Allowed("departments.make", scope="none"))]
) -> dict[str, Any]:
    """部门属于一个乡镇、县、市，或全部（all）。"""
    with unit(caller.engine) as session:
        return department_row(departments.make(session, caller.actor, told.division, told.name))


@router.post("/departments/{department}/rename", summary="部门改名", response_model=DepartmentRow)
def rename_department(
    department: str, told: Renaming, caller: Annotated[Caller, Depends(Allowed("departments.rename", scope="none"))]
) -> dict[str, Any]:
    """部门里的人不变；原来的名称在审计记录里。"""
    with unit(caller.engine) as session:
        return department_row(departments.rename(session, caller.actor, department, told.name))


@router.post("/departments/{department}/close", summary="撤销部门", response_model=DepartmentRow)
def close_department(
    department: str, caller: Annotated[Caller, Depends(Allowed("departments.close", scope="none"))]
) -> dict[str, Any]:
    """不再给新账号用；部门里已有的账号照旧，要停用的逐个停用。"""
    with unit(caller.engine) as session:
        return department_row(departments.close(session, caller.actor, department))


@router.post("/departments/{department}/reopen", summary="恢复部门", response_model=DepartmentRow)
def reopen_department(
    department: str, caller: Annotated[Caller, Depends(Allowed("departments.reopen", scope="none"))]
) -> dict[str, Any]:
    """撤销过的部门又可以给新账号用。"""
    with unit(caller.engine) as session:
        return department_row(departments.reopen(session, caller.actor, department))


@router.get("/roles", summary="列出角色", response_model=list[Role])
def list_roles(_: Annotated[Caller, Depends(Allowed("roles.list", scope="none"))]) -> list[dict[str, Any]]:
    """各角色能做什么、给在哪一级。"""
    return [one.as_dict() for one in roles().values()]
