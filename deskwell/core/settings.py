"""What must be known before anything starts, from the environment. All else is a row an owner changes on screen."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MIN_KEY_BYTES = 32
CommaList = Annotated[list[str], NoDecode]


def _alias(*names: str) -> AliasChoices:
    return AliasChoices(*names)


class Settings(BaseSettings):
    """Every knob of the help desk that lives in the environment. `docs/reference/configuration.md` is generated from this."""

    model_config = SettingsConfigDict(
        env_prefix="DESKWELL_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    database_url: str = Field(
        "",
        validation_alias=_alias("DATABASE_URL", "DESKWELL_DATABASE_URL", "database_url"),
        description="PostgreSQL ≥ 15 with vector, pg_trgm and unaccent. Empty: the embedded server.",
    )
    database_direct_url: str = Field(
        "",
        description="Past a pooler: for migrations, locks, LISTEN and the worker. Empty: the database URL.",
    )
    database_pool_size: int = Field(
        10, ge=1, le=200, description="Connections a process may hold for changes, and as many for reads."
    )
    data_dir: Path | None = Field(None, description="Where the embedded database, files and keys live.")
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the web server listens on.")
    base_url: str = Field("", description="How people reach the desk; links in mails start with it.")
    secret_key: SecretStr = Field(
        SecretStr(""), description="At least 32 bytes. Made and kept in the data folder when embedded."
    )
    previous_secret_keys: CommaList = Field(
        default_factory=list, description="Old secret keys that still read what they sealed."
    )
    bootstrap_key: SecretStr = Field(
        SecretStr(""),
        validation_alias=_alias("ADMIN_BOOTSTRAP_KEY", "DESKWELL_ADMIN_BOOTSTRAP_KEY", "bootstrap_key"),
        description="Lets the first admin register over the API.",
    )
    token_hours: int = Field(24, ge=1, le=24 * 30, description="How long a sign-in lasts.")
    password_hash: Literal["bcrypt", "argon2"] = Field("bcrypt", description="For new passwords.")
    bcrypt_cost: int = Field(12, ge=4, le=16, description="Work factor for bcrypt; tests use a small one.")
    cors_origins: CommaList = Field(
        default_factory=lambda: ["http://localhost:5173"],
        description="Origins of other web clients, comma separated.",
    )
    trusted_proxies: CommaList = Field(
        default_factory=list, description="Addresses whose X-Forwarded-* headers are believed."
    )
    allow_private_hosts: CommaList = Field(
        default_factory=list,
        description="Names, addresses or CIDRs that hosts typed on a screen may reach though not public.",
    )
    storage_url: str = Field(
        "", description="file:///folder or s3://bucket?endpoint=…; empty: the data folder."
    )
    storage_access_key_id: str = Field("", description="S3 key; stays on the server.")
    storage_secret_access_key: SecretStr = Field(SecretStr(""), description="S3 secret; stays on the server.")
    email_webhook_secret: SecretStr = Field(
        SecretStr(""), description="Shared secret of POST /webhooks/email."
    )
    openai_api_key: SecretStr = Field(
        SecretStr(""), validation_alias=_alias("OPENAI_API_KEY", "DESKWELL_OPENAI_API_KEY", "openai_api_key")
    )
    openai_base_url: str = Field(
        "", validation_alias=_alias("OPENAI_BASE_URL", "DESKWELL_OPENAI_BASE_URL", "openai_base_url")
    )
    ai_model: str = Field("gpt-4o-mini", description="Model asked when an endpoint is set.")
    ai_reply_max_per_window: int = Field(
        2,
        ge=0,
        validation_alias=_alias(
            "AI_REPLY_MAX_PER_WINDOW", "DESKWELL_AI_REPLY_MAX_PER_WINDOW", "ai_reply_max_per_window"
        ),
        description="AI answers per ticket and window.",
    )
    ai_reply_window_seconds: int = Field(
        60,
        ge=1,
        validation_alias=_alias(
            "AI_REPLY_WINDOW_SECONDS", "DESKWELL_AI_REPLY_WINDOW_SECONDS", "ai_reply_window_seconds"
        ),
    )
    embedding_model_path: Path | None = Field(None, description="An ONNX model instead of the shipped one.")
    pg_bindir: Path | None = Field(None, description="PostgreSQL programs for the embedded server.")
    sentry_dsn: SecretStr = Field(
        SecretStr(""), description="Where unhandled errors are sent, besides the screen."
    )
    log_format: Literal["json", "text"] = Field("json", description="How log lines look.")
    rate_limits: dict[str, str] = Field(
        default_factory=dict, description='Overrides of the table of limits, e.g. {"sign_in": "10/300"}.'
    )

    @field_validator(
        "previous_secret_keys", "cors_origins", "trusted_proxies", "allow_private_hosts", mode="before"
    )
    @classmethod
    def _split_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @property
    def direct_url(self) -> str:
        return self.database_direct_url or self.database_url

    @property
    def is_pooled(self) -> bool:
        """Whether the web's connections go through a pooler, where prepared statements break."""
        return bool(self.database_direct_url) and self.database_direct_url != self.database_url

    @property
    def public_url(self) -> str:
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    def key_bytes(self) -> bytes:
        """Return the secret key, refusing a weak one.

        Raises:
            ValueError: shorter than 32 bytes.

        """
        key = self.secret_key.get_secret_value().encode()
        if len(key) < MIN_KEY_BYTES:
            raise ValueError(
                "DESKWELL_SECRET_KEY must have at least 32 bytes. Make one with: openssl rand -hex 32"
            )
        return key


@lru_cache
def get_settings() -> Settings:
    return Settings()
