"""What acts on an election are handed besides rows: where elections live, and who runs the site."""

from dataclasses import dataclass

from sqlmodel import Session

from ballots.services.context import Context


@dataclass(frozen=True, slots=True)
class Platform:
    """The site as an election sees it.

    `context`: its elections; `origin`: where it answers, like https://suara.example; `name`: who
    runs it; `client_sha256`: the hash of the voting client's file list, 32 bytes.
    """

    context: Context
    origin: str
    name: str
    client_sha256: bytes

    def within(self, session: Session) -> Context:
        """The elections, written in this session's transaction and committed with it."""
        return self.context.within(session.connection())
