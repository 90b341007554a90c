"""Whoever writes down what happened in one consultation: contributions, and what became of them.

An event says that something happened; what the public saw of it is read here, when it is written
down. Salts and words are laid into their own table at the end, and taken out of it there.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from participation.comments.models import Answer
from participation.consultations.models import Consultation
from participation.record import queries
from participation.record.commitment import author_commitment, commitment, new_salt
from participation.record.documents import AnswerContent, Content
from participation.record.entries import Answered, Contributed, Edited, Redacted, Version
from participation.record.models import RecordAnswer, RecordContribution, RecordOpening
from participation.record.queries import Shown
from participation.record.receipts import Opened
from participation.record.rules import Act, State, leads_to
from participation.record.services.book import Book
from participation.record.services.telling import seconds
from participation.record.signing import sha256


class Scribe:
    """Writes into one `book`; `finish` lays down what the entries are opened with."""

    def __init__(self, session: Session, found: Consultation, book: Book) -> None:
        self.session = session
        self.found = found
        self.book = book
        self._shown: dict[UUID, Shown] = {}
        self._known: dict[UUID, RecordContribution] = {}
        self._answers: dict[UUID, Answer] = {}
        self._openings: dict[UUID, Opened | None] = {}

    def prepare(self, comment_ids: Collection[UUID]) -> None:
        """Read in a few queries what the events ahead are about."""
        self._shown |= queries.shown(self.session, comment_ids)
        threads = {each.thread_id for each in self._shown.values()} - self._shown.keys()
        self._shown |= queries.shown(self.session, threads)
        self._known |= queries.contributions(self.session, {*comment_ids, *self._shown})
        self._answers |= queries.answers(self.session, comment_ids)

    def publish_versions(self, until: datetime) -> None:
        """Write down the versions published until then that the log does not hold yet."""
        row = self.book.row
        for each in queries.versions(
            self.session, row.consultation_id, above=row.versions, until=until
        ):
            text_sha256 = bytes.fromhex(each.sha256)
            self.book.add(Version(seconds(each.at), each.number, text_sha256, each.articles))
            row.versions = each.number

    def contribute(self, comment_id: UUID, at: datetime) -> RecordContribution:
        """The contribution, written down now unless the log holds it; its thread's first before it.

        Of one that is gone already nothing is left to open.
        """
        if comment_id in self._known:
            return self._known[comment_id]
        shown = self._shown.get(comment_id)
        thread_id = shown.thread_id if shown else comment_id
        if thread_id != comment_id:
            self._write_first(thread_id, at)
        commits = self._commit(comment_id)
        entry = Contributed(seconds(at), comment_id.bytes, thread_id.bytes, commits)
        row = RecordContribution(
            contribution_id=comment_id,
            consultation_id=self.book.row.consultation_id,
            thread_id=thread_id,
            place=self.book.add(entry),
            state=State.OPEN.value,
        )
        self._known[comment_id] = row
        self.session.add(row)
        return row

    def recommit(self, comment_id: UUID, act: Act, at: datetime) -> None:
        """Write down that a contribution reads differently, whoever changed it."""
        row = self.contribute(comment_id, self._written_at(comment_id, at))
        if leads_to(State(row.state), act) is None:
            return
        kind = Redacted if act is Act.REDACT else Edited
        row.place = self.book.add(kind(seconds(at), comment_id.bytes, self._commit(comment_id)))
        self.session.add(row)

    def has_another_name(self, comment_id: UUID) -> bool:
        """Whether the author goes by another name than the newest commitment says."""
        shown, opened = self._shown.get(comment_id), self._openings.get(comment_id)
        stored = opened or queries.opening(self.session, comment_id)
        return shown is not None and stored is not None and stored.author != shown.author

    def change(self, comment_id: UUID, act: Act, at: datetime) -> bool:
        """Whether the act changes how a contribution stands; then its row says so now.

        What was withdrawn or erased can be opened no more.
        """
        row = self.contribute(comment_id, self._written_at(comment_id, at))
        target = leads_to(State(row.state), act)
        if target is None:
            return False
        row.state = target.value
        self.session.add(row)
        if target in {State.WITHDRAWN, State.ERASED}:
            self._openings[comment_id] = None
        return True

    def answer(self, comment_id: UUID, at: datetime) -> None:
        """Write down the official answer that a contribution has now."""
        row = self.contribute(comment_id, self._written_at(comment_id, at))
        found = self._answers.get(comment_id)
        if found is None:
            return
        content = answer_content_of(found)
        entry = Answered(seconds(at), comment_id.bytes, found.id.bytes, sha256(content))
        place = self.book.add(entry)
        self._lay_down_answer(found.id, place, content)
        row.is_answered = True
        self.session.add(row)

    def finish(self) -> None:
        """Lay down the salts and words that open what was written, and delete what must go."""
        self.session.flush()
        changed = list(self._openings)
        self.session.execute(
            delete(RecordOpening)
            .where(col(RecordOpening.contribution_id).in_(changed))
            .execution_options(synchronize_session=False)
        )
        rows = [
            {"contribution_id": name, **asdict(opened)}
            for name, opened in self._openings.items()
            if opened is not None
        ]
        if rows:
            self.session.execute(insert(RecordOpening), rows)

    def _write_first(self, thread_id: UUID, at: datetime) -> None:
        if thread_id not in self._known:
            self.contribute(thread_id, self._written_at(thread_id, at))

    def _commit(self, comment_id: UUID) -> bytes:
        """A new commitment to what the public sees; 32 bytes."""
        shown = self._shown.get(comment_id)
        if shown is None:
            self._openings[comment_id] = None
            return commitment(new_salt(), b"")
        author_salt = new_salt()
        content = content_of(shown, author_commitment(author_salt, shown.author))
        opened = Opened(new_salt(), content, author_salt, shown.author)
        self._openings[comment_id] = opened
        return commitment(opened.salt, content)

    def _written_at(self, comment_id: UUID, otherwise: datetime) -> datetime:
        shown = self._shown.get(comment_id)
        return shown.written_at if shown else otherwise

    def _lay_down_answer(self, answer_id: UUID, place: int, content: bytes) -> None:
        key = (self.book.row.consultation_id, answer_id)
        row = self.session.get(RecordAnswer, key)
        if row is None:
            row = RecordAnswer(consultation_id=key[0], answer_id=key[1], place=place, content=b"")
        row.place, row.content = place, content
        self.session.add(row)


def content_of(shown: Shown, author: str) -> bytes:
    """The canonical JSON of a contribution as the public sees it; `author` is a commitment."""
    is_reply = shown.thread_id != shown.id
    return Content(
        author=author,
        edition=shown.edition,
        place=shown.place,
        source=shown.source,
        stance=shown.stance,
        text=shown.text,
        thread=shown.thread_id.hex if is_reply else "",
    ).write()


def answer_content_of(found: Answer) -> bytes:
    """The canonical JSON of an official answer as the public reads it."""
    return AnswerContent(
        body=found.body,
        citation=found.citation,
        name=found.name,
        office=found.office,
        place=found.place,
        reason=found.reason or "",
    ).write()
