"""Every setting, read once from the environment; a wrong one stops the start with one sentence."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit


class WrongSetting(Exception):
    """A setting cannot be used; the text says which and what would be right."""


@dataclass(frozen=True)
class Settings:
    """home: folder of everything kept. urls: where database, broker and objects live. secret: 32 bytes."""

    home: Path
    database_url: str
    redis_url: str
    object_store_url: str
    public_url: str
    secret: bytes
    demo: bool = False
    mail_url: str = ""
    ubl_rules: Path | None = None

    @property
    def embedded_broker(self) -> bool:
        """Whether the broker is our own child; a REDIS_URL of any kind means someone else runs it."""
        return self.redis_url == _own_broker(self.home)


def read_settings(environ: Mapping[str, str] = os.environ, *, demo: bool = False) -> Settings:
    """Read the settings; makes the home folder and the secret on first use. Raises WrongSetting."""
    os.environ["TZ"] = "UTC"
    home = Path(environ.get("CHAINMASTER_HOME") or "var").expanduser().resolve()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongSetting(f"CHAINMASTER_HOME {home} cannot be made: {error.strerror}") from None
    return Settings(
        home=home,
        database_url=_database_url(environ.get("DATABASE_URL") or f"sqlite:///{home / 'chainmaster.db'}"),
        redis_url=environ.get("REDIS_URL") or _own_broker(home),
        object_store_url=environ.get("OBJECT_STORE_URL") or f"file://{home / 'objects'}",
        public_url=_public_url(environ.get("PUBLIC_URL") or "http://127.0.0.1:8000"),
        secret=_secret(Path(environ.get("SECRET_KEY_FILE") or home / "secret")),
        demo=demo or environ.get("CHAINMASTER_DEMO") == "1",
        ubl_rules=_folder(environ.get("UBL_RULES_FOLDER") or ""),
        mail_url=_mail_url(environ.get("MAIL_URL") or f"file://{quote(str(home / 'mail'))}"),
    )


def broker_socket(home: Path) -> Path:
    """Where the embedded broker listens. A socket's path may hold 107 bytes, so a deep home borrows a short one."""
    inside = home / "broker" / "s"
    if len(os.fsencode(inside)) <= 100:
        return inside
    from hashlib import sha256

    return Path("/tmp") / f"chainmaster-{os.getuid()}-{sha256(os.fsencode(home)).hexdigest()[:16]}" / "s"  # noqa: S108


def _own_broker(home: Path) -> str:
    return f"unix://{quote(str(broker_socket(home)))}?db=0"


def _database_url(url: str) -> str:
    if url.startswith("postgres://"):
        url = "postgresql" + url.removeprefix("postgres")
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg" + url.removeprefix("postgresql")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise WrongSetting("DATABASE_URL must begin with sqlite:/// or postgresql://")
    return url


def _mail_url(url: str) -> str:
    if not url.startswith(("smtp://", "smtps://", "file:///")):
        raise WrongSetting("MAIL_URL must begin with smtp://, smtps:// or file:///")
    return url


def _folder(name: str) -> Path | None:
    if not name:
        return None
    folder = Path(name).expanduser().resolve()
    if not folder.is_dir():
        raise WrongSetting(f"UBL_RULES_FOLDER {folder} is no folder that can be read")
    return folder


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongSetting("PUBLIC_URL must be an address such as https://chain.example")
    return url.rstrip("/")


def _secret(path: Path) -> bytes:
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _secret(path)
        except OSError as error:
            raise WrongSetting(f"SECRET_KEY_FILE {path} cannot be written: {error.strerror}") from None
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    text = path.read_text().strip()
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) < 32:
        raise WrongSetting(f"SECRET_KEY_FILE {path} must hold at least 64 hexadecimal digits")
    return secret
