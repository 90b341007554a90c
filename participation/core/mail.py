"""Letters: a queue in the database, and the ways out of it.

A letter is a row written in the same transaction as the act it tells of, so it is sent if and
only if the act was committed. The minute tick delivers the queue through a `Mailer`.
"""

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar, Protocol
from uuid import UUID

from sqlmodel import Field, Session, col, select

from participation.core.db import Row
from participation.core.ids import new_id

_MOST_TRIES = 10
_BATCH = 20


class Letter(Row, table=True):
    """One e-mail waiting to go; deleted once it has gone.

    `unsubscribe` is the address that stops letters like this one (RFC 8058). Letters that have
    one are sent to many; those without go first, because somebody waits for them.
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=200)
    body: str
    written_at: datetime = Field(index=True)
    tries: int = 0
    unsubscribe: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})


class Mailer(Protocol):
    """A way out for letters: returns once the letter is handed over, raises `OSError` if not."""

    def send(self, letter: Letter) -> None:
        """Hands one letter over."""


@dataclass(frozen=True, slots=True)
class MemoryMailer:
    """Keeps letters in a list: for tests."""

    sent: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        """Remembers the letter."""
        self.sent.append(letter)


@dataclass(frozen=True, slots=True)
class FileMailer:
    """Writes each letter to a folder as an .eml file: for development and demonstration."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Writes the letter, readable only by the site's own user."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{letter.written_at:%Y%m%dT%H%M%S}-{letter.id}.eml"
        place = self.folder / name
        place.write_bytes(_message(letter, self.sender).as_bytes())
        place.chmod(0o600)


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands letters to a mail server over TLS; refuses to fall back to plain text."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, letter: Letter) -> None:
        """Delivers to the server within 20 seconds."""
        with smtplib.SMTP(self.host, self.port, timeout=20) as server:
            server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.send_message(_message(letter, self.sender))


def post(session: Session, letter: Letter) -> None:
    """Puts a letter into the queue of this transaction; none to an address that is nobody's.

    Those end in `.invalid` (RFC 6761, section 6.4): of people who left, or took part on paper.
    """
    if letter.recipient.endswith(".invalid"):
        return
    session.add(letter)
    session.flush()


def deliver(session: Session, mailer: Mailer, failed: set[UUID] | None = None) -> int:
    """How many waiting letters went out, of a small batch; one that fails is tried ten times.

    `failed` are letters that are left alone this time; those that fail now are added.
    """
    failed = set() if failed is None else failed
    waiting = session.exec(
        select(Letter)
        .where(col(Letter.tries) < _MOST_TRIES, col(Letter.id).not_in(failed))
        .order_by(col(Letter.unsubscribe) != "", col(Letter.written_at))
        .limit(_BATCH)
    ).all()
    sent = [letter for letter in waiting if _try_one(session, mailer, letter)]
    failed.update({letter.id for letter in waiting} - {letter.id for letter in sent})
    return len(sent)


def _try_one(session: Session, mailer: Mailer, letter: Letter) -> bool:
    try:
        mailer.send(letter)
    except OSError:  # smtplib's errors are OSErrors too
        letter.tries += 1
        session.add(letter)
        return False
    session.delete(letter)
    return True


class _Policy(EmailPolicy):
    """Leaves the address for unsubscribing as it is: folded, it would be encoded, and no more one.

    Source: RFC 8058 and RFC 5322, section 2.1.1: a line may have 998 characters.
    """

    _WHOLE: ClassVar = frozenset({"list-unsubscribe"})

    def fold(self, name: str, value: str) -> str:
        """The header's lines."""
        if name.lower() in self._WHOLE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header's lines as bytes."""
        if name.lower() in self._WHOLE:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage(policy=_Policy())
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.written_at)
    # The same for every try, so that a letter that arrives twice can be known as one.
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    return message
