"""A way to other parties that are Flask applications in the same process."""

from dataclasses import dataclass, field

from flask import Flask

from ballots.services.wire import Answered, Unreachable

OCTETS = "application/octet-stream"


@dataclass
class LocalWire:
    """Origins by application; who is in `down` does not answer."""

    apps: dict[str, Flask] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def ask(
        self,
        method: str,
        address: str,
        body: bytes = b"",
        *,
        kind: str = "application/octet-stream",
    ) -> Answered:
        self.asked.append((method, address))
        for origin, app in self.apps.items():
            if address.startswith(f"{origin}/") and origin not in self.down:
                path = address.removeprefix(origin)
                said = app.test_client().open(path, method=method, data=body, content_type=kind)
                return Answered(said.status_code, said.mimetype, said.data)
        raise Unreachable(address, "nobody is there")
