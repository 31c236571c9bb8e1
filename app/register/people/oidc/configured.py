"""The identity platform as the environment tells it; its secret is read from a file and kept nowhere."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from app.errors import BadInput
from app.settings import Settings

LONGEST_ADDRESS, _LARGEST_SECRET = 1024, 4096


@dataclass(frozen=True, slots=True)
class Platform:
    """An identity platform and what this register is to it; `claim`: what of a token names the person."""

    issuer: str
    client_id: str
    secret_file: Path | None
    name: str
    claim: str
    ca_file: Path | None

    def secret(self) -> str | None:
        """The client's secret, as the file has it now; None for a client that has none.

        Raises:
            BadInput: when the file cannot be read, or is empty.
        """
        if self.secret_file is None:
            return None
        try:
            with self.secret_file.open("rb") as file:
                found = file.read(_LARGEST_SECRET).decode("ascii").strip()
        except (OSError, ValueError) as error:
            raise _bad(f"{_SECRET} 指的文件读不出来", "请核对文件和权限") from error
        if not found:
            raise _bad(f"{_SECRET} 指的文件是空的", "请把平台给的密钥写进去")
        return found


def configured() -> Platform | None:
    """The platform, if one is configured.

    Raises:
        BadInput: when it is configured in a way that cannot work.
    """
    told = Settings()
    if not told.oidc_issuer:
        return None
    if not told.oidc_client_id:
        raise _bad("没有写 LUZHANG_OIDC_CLIENT_ID", "请写平台给这套程序的客户端编号")
    if not is_sound(told.oidc_issuer) or "?" in told.oidc_issuer:
        raise _bad(
            "LUZHANG_OIDC_ISSUER 不是 https 地址", "请照平台给的写，例如 https://id.example.gov.cn/realms/county"
        )
    if not told.oidc_name.strip() or not told.oidc_claim.strip():
        raise _bad("LUZHANG_OIDC_NAME 或 LUZHANG_OIDC_CLAIM 是空的", "请写上，或者不写这一项")
    return Platform(
        issuer=told.oidc_issuer,
        client_id=told.oidc_client_id,
        secret_file=told.oidc_client_secret_file,
        name=told.oidc_name.strip(),
        claim=told.oidc_claim.strip(),
        ca_file=told.oidc_ca_file,
    )


def checked() -> Platform | None:
    """The platform, its secret and its authority's certificates tried before anybody needs them.

    Raises:
        BadInput: when it is configured in a way that cannot work.
    """
    platform = configured()
    if platform is None:
        return None
    platform.secret()
    try:
        ssl.create_default_context(cafile=platform.ca_file)
    except OSError as error:
        raise _bad("LUZHANG_OIDC_CA_FILE 指的文件不是证书", "请写证书机构的证书（PEM）") from error
    return platform


def is_sound(address: object) -> bool:
    """Whether an address may be asked, or a browser be sent there: by https, or on this very machine."""
    if not isinstance(address, str) or not 0 < len(address) <= LONGEST_ADDRESS or not address.isascii():
        return False
    if any(character <= " " or character in '\\"<>' for character in address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    if not parts.hostname or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname))


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


_SECRET = "LUZHANG_OIDC_CLIENT_SECRET_FILE"


def _bad(message: str, fix: str) -> BadInput:
    return BadInput(f"统一身份认证的配置不对：{message}", fix=fix, code="oidc.settings")
