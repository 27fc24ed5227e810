"""Mail that leaves the house: by an SMTP server where one is set, else as files in a folder that the operator reads."""

import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from secrets import token_hex
from urllib.parse import SplitResult, unquote, urlsplit

SECONDS = 20
_url = ""


def use_server(url: str) -> None:
    """``smtp://`` (with STARTTLS where offered), ``smtps://``, each with user:password@host:port, or ``file://`` a folder."""
    global _url
    _url = url


def send(*, to: str, subject: str, text: str, sender: str = "chainmaster@localhost") -> None:
    """Hand one mail over. Raises OSError, smtplib.SMTPException, which a job's retries answer."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message.set_content(text)
    server = urlsplit(_url)
    if server.scheme == "file":
        _keep(Path(unquote(server.path)), message)
    else:
        _hand_over(server, message)


def _keep(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{token_hex(8)}.eml"
    path.touch(mode=0o600)
    path.write_bytes(message.as_bytes())


def _hand_over(server: SplitResult, message: EmailMessage) -> None:
    safe = ssl.create_default_context()
    host, port = server.hostname or "localhost", server.port
    made = (
        smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS, context=safe)
        if server.scheme == "smtps"
        else smtplib.SMTP(host, port or 587, timeout=SECONDS)
    )
    with made as connection:
        if server.scheme == "smtp" and connection.ehlo() and connection.has_extn("starttls"):
            connection.starttls(context=safe)
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message)
