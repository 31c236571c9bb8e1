"""Where things are: the data folder and the database, told by the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """`LUZHANG_HOME` (default ./data) and `LUZHANG_DATABASE_URL` (default: a SQLite file in the data folder)."""

    model_config = SettingsConfigDict(env_prefix="LUZHANG_")

    home: Path = Path("data")
    database_url: str | None = None

    def url(self) -> str:
        """The register in use."""
        return self.database_url or f"sqlite:///{self.home / 'luzhang.db'}"

    def demo_folder(self, county: str) -> Path:
        """The example county's own folder; never the register in use."""
        return self.home / "demo" / county
