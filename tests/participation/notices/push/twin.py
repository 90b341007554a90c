"""A push service on this machine: hears messages as the real ones do, and answers as told."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from cryptography.hazmat.primitives.asymmetric import ec
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from participation.notices.push.keys import public_text
from participation.notices.push.rules import Device, from_b64, to_b64

SLOW_SECONDS = 1.0


@dataclass
class Receiver:
    """A browser: its keys, and the address of its messages, whose last part is the answer."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"sixteen bytes 16"

    @property
    def device(self) -> Device:
        return Device(self.endpoint, from_b64(public_text(self.key)), self.auth)

    @property
    def fields(self) -> dict[str, str]:
        """What the page's script would send."""
        return {
            "endpoint": self.endpoint,
            "p256dh": public_text(self.key),
            "auth": to_b64(self.auth),
        }


@dataclass
class PushService:
    """What arrived, each with its headers; `/<number>/...` is answered with that status."""

    origin: str = ""
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def __call__(self, environ, start):
        request = Request(environ)
        assert request.method == "POST"
        headers = {name.lower(): value for name, value in request.headers}
        self.heard.append((request.path, headers, request.get_data()))
        if request.path.startswith("/slow"):
            time.sleep(SLOW_SECONDS)
        status = request.path.split("/")[1]
        status = int(status) if status.isdigit() else 201
        return Response(status=status, headers={"Location": "/302/elsewhere"})(environ, start)

    def receiver(self, answer: str = "201", name: str = "one") -> Receiver:
        return Receiver(f"{self.origin}/{answer}/{name}")


@contextmanager
def push_service() -> Iterator[PushService]:
    """Runs one until the end of the block."""
    twin = PushService()
    server = make_server("127.0.0.1", 0, twin, threaded=True)
    twin.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield twin
    server.shutdown()
    thread.join()
    server.server_close()
