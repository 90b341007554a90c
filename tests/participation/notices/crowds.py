"""Many people at once: accounts that follow one consultation."""

from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from participation.accounts.models import Account
from participation.core.ids import new_id
from participation.notices.models import Follow
from tests.factories.consultations import NOW

_CHUNK = 1000


def gather(session: Session, consultation_id: UUID, number: int) -> int:
    """So many more people with confirmed addresses who follow the consultation."""
    ids = [new_id() for _ in range(number)]
    for start in range(0, number, _CHUNK):
        some = ids[start : start + _CHUNK]
        session.execute(insert(Account), [
            {"id": each, "email": f"{each.hex}@example.id", "name": "Warga", "password_hash": "-",
             "language": "id", "created_at": NOW, "confirmed_at": NOW}
            for each in some
        ])  # fmt: skip
        session.execute(insert(Follow), [
            {"account_id": each, "kind": "consultation", "subject_id": consultation_id,
             "place": "", "since": NOW, "is_stopped": False}
            for each in some
        ])  # fmt: skip
    return number
