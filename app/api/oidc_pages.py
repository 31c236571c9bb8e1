"""The plain pages of signing in by the identity platform: going on, telling a second factor, what was not done."""

from __future__ import annotations

from html import escape

from fastapi.responses import HTMLResponse

#: A browser sends `Origin: null` with the form of a page that gives nobody a referrer; other sites get none so either.
HEADERS = {"Referrer-Policy": "same-origin"}

CODE_ADDRESS = "/api/v1/sign-in/oidc/code"


def going_on(onward: str) -> HTMLResponse:
    """Lead on from a page of our own: a browser takes no strict cookie along on a way that began elsewhere."""
    where = escape(onward)
    return _page(
        "已登录", f'<p>已登录。<a href="{where}">继续</a></p>', f'<meta http-equiv="refresh" content="0;url={where}">'
    )


def asking_code(message: str = "") -> HTMLResponse:
    """Ask for the second factor."""
    wrong = f"<p>{escape(message)}</p>" if message else ""
    return _page(
        "动态口令",
        f'{wrong}<form method="post" action="{CODE_ADDRESS}"><p><label>手机上的 6 位动态口令，或一个恢复码 '
        '<input name="code" maxlength="64" autocomplete="one-time-code" required autofocus></label></p>'
        '<p><button type="submit">登录</button></p></form>',
        status=401,
    )


def not_done(message: str, fix: str, status: int) -> HTMLResponse:
    """What was not done, and how to mend it."""
    return _page(
        "没有登录", f'<p>{escape(message)}。</p><p>{escape(fix)}。</p><p><a href="/">返回</a></p>', status=status
    )


def _page(title: str, body: str, head: str = "", status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>",
        status_code=status,
        headers=HEADERS,
    )
