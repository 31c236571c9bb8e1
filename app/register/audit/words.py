"""Acts as people read them in the record of who did what."""

from __future__ import annotations

from app.register.history.acts import KINDS
from app.store.audit import NOBODYS

RESULTS = {"done": "已办", "refused": "未准", "failed": "未成"}

#: Acts of people, tokens and links: an administrator sees these, and no others.
PEOPLE = (
    "sign_in",
    "sign_out",
    "people.",
    "departments.",
    "me.",
    "tokens.",
    "oidc.",
    "totp.",
    "links.",
    "second.switch",
    "roles.",
)

_ACTS = {
    "sign_in": "登录",
    "sign_in.lock": "连错口令，暂停登录",
    "sign_out": "退出",
    "oidc.sign_in": "由统一身份认证登录",
    "people.identity_link": "关联统一身份认证的身份",
    "people.identity_end": "解除关联的身份",
    "people.make": "建账号",
    "people.disable": "停用账号",
    "people.enable": "恢复账号",
    "people.password": "给一次性口令",
    "people.grant": "给角色",
    "people.withdraw": "收回角色",
    "people.first": "建第一个管理员",
    "people.rescue": "找回管理员",
    "me.password": "改自己的口令",
    "me.factor_confirm": "启用动态口令",
    "me.recovery_code": "用恢复码登录",
    "people.factor_remove": "撤销动态口令",
    "people.factor_require": "规定角色要用动态口令",
    "departments.make": "建部门",
    "departments.rename": "部门改名",
    "departments.close": "撤销部门",
    "departments.reopen": "恢复部门",
    "tokens.make": "建令牌",
    "tokens.revoke": "停用令牌",
    "links.make": "建上传链接",
    "links.revoke": "停用上传链接",
    "links.upload": "经链接上传",
    "personal.show": "看联系方式",
    "personal.forget": "删除个人信息",
    "second.switch": "开关两人办",
    "request": "没有认出是谁的请求",
    "command.output": "用命令写出文件",
    "command.refused": "用命令没有办成",
    "audit.export": "下载审计记录",
}

_PARTS = (("export", "下载清单"), ("reply", "下载回执"), ("file", "下载文书"), ("read", "下载"))


def act_called(act: str) -> str:
    """What was done, in words; a function that has none of its own is told as it is named."""
    if act in KINDS or act in _ACTS:
        return KINDS.get(act) or _ACTS[act]
    noun, _, deed = act.partition(".")
    return next((f"{zh}（{noun}）" for part, zh in _PARTS if deed.startswith(part)), act)


def chain_called(chain: str) -> str:
    """Whose chain it is."""
    return "账号与登录" if chain == NOBODYS else chain
