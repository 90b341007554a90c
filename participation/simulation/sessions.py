"""Who is signed in: what a browser would keep of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person signed in to the site under test: the cookie, and the token that forms need."""

    voter_id: str
    cookie: str = field(repr=False)
    form_token: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """What the browser adds to each request of the signed-in pages."""
        return {"Cookie": self.cookie, "X-CSRFToken": self.form_token}
