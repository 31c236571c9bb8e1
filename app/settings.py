"""Where things are: the data folder and the database, told by the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`LUZHANG_HOME` (default ./data), `LUZHANG_DATABASE_URL` (default: a SQLite file in it), and what links allow."""

    model_config = SettingsConfigDict(env_prefix="LUZHANG_")

    home: Path = Path("data")
    database_url: str | None = None

    #: As whom PostgreSQL's tables are made and brought up to date, where the program connects as a role that may not.
    owner_url: str | None = None

    #: Days after a quarter in which its rosters are sent in; how many files and bytes may come by one upload link.
    filing_days: int = 31
    link_files: int = 20
    link_bytes: int = 200 * 1024 * 1024

    #: What passwords must be (app/register/people/password_profiles.yaml); empty is the first profile.
    password_profile: str = ""

    #: Signing in by an identity platform (OpenID Connect); without an issuer there is no such way in. The secret is in
    #: a file of its own. `oidc_claim`: what of a token names the person; `oidc_ca_file`: an intranet's own authority.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = None
    oidc_name: str = "统一身份认证"
    oidc_claim: str = "sub"
    oidc_ca_file: Path | None = None

    def url(self) -> str:
        """The register in use."""
        return self.database_url or f"sqlite:///{self.home / 'luzhang.db'}"

    def keys(self) -> Path:
        """The folder of the register's keys, which no backup of the database holds."""
        return self.home / "keys"

    def demo_folder(self, county: str) -> Path:
        """The example county's own folder; never the register in use."""
        return self.home / "demo" / county
