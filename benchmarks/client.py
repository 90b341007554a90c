"""What a voter's device computes from check-in to cast, in a real Chromium.

python benchmarks/client.py [--times 20] [--registrars 2]

Network, storage and the registrars' own work are left out. Every ballot that is made is checked by
the ballot box's own checks before a figure is printed.
"""

import argparse
import base64
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any

from playwright.sync_api import Page

from ballots.ballot import Cast
from crypto import blind_rsa, ed25519
from crypto.encoding import M, u16
from crypto.p256 import secret_mul_base
from crypto.randomness import random_bytes
from tests.chromium import running_chromium
from tests.places import ROOT

BAR_MILLISECONDS = 50
MODULES = ("ballot", "blind-rsa", "bytes", "credential")
STEPS = ("blind", "finalise", "seal and sign")
LOAD = """async (names) => {
  const load = async (name) => [name, await import(`/static/js/vote/${name}.js`)];
  globalThis.client = Object.fromEntries(await Promise.all(names.map(load)));
}"""
BLIND = """async ({eid, seed, keys}) => {
  const { bytes, credential } = client;
  const read = (text) => bytes.fromB64url(text);
  globalThis.voter = { eid: read(eid), style: 1, seed: read(seed) };
  globalThis.keys = keys.map((key) => client["blind-rsa"].parseSpki(read(key)));
  const begun = performance.now();
  const blinded = await credential.blindAll(voter, globalThis.keys);
  return [performance.now() - begun, blinded.map(bytes.b64url)];
}"""
FINISH = """async ({answers, electionKey}) => {
  const { ballot, bytes, credential } = client;
  const read = (text) => bytes.fromB64url(text);
  const [signed, key] = [answers.map(read), read(electionKey)];
  const plaintext = Uint8Array.of(1, 0, 2);
  const begun = performance.now();
  const credentials = await Promise.all(credential.finalizeAll(voter, keys, signed));
  const between = performance.now();
  const set = { electionKey: key, credentials };
  const payload = await ballot.buildCast(voter, ballot.FIRST, plaintext, set);
  return [between - begun, performance.now() - between, bytes.b64url(payload)];
}"""


class Handler(SimpleHTTPRequestHandler):
    """Serves the client's sources and an empty page."""

    def do_GET(self) -> None:
        """A file, or the page."""
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Benchmark</title>")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how many ballots")
    parser.add_argument("--registrars", type=int, default=2, help="how many sign blindly")
    given = parser.parse_args()
    keys = [blind_rsa.SecretKey.generate() for _ in range(given.registrars)]
    with sources() as address, running_chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        page.evaluate(LOAD, MODULES)
        runs = [one_ballot(page, keys) for _ in range(given.times + 1)][1:]  # the first one warms
    print(f"{given.times} ballots, {given.registrars} registrars, median:")
    for step, times in zip(STEPS, zip(*runs, strict=True), strict=True):
        print(f"  {step:<42} {median(times):9.1f} ms")
    together = median(sum(times) for times in runs)
    print(f"  {'check-in to cast':<42} {together:9.1f} ms   (bar: {BAR_MILLISECONDS} ms)")


@contextmanager
def sources() -> Iterator[str]:
    """The address of the repository's files, while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=os.fspath(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def one_ballot(page: Page, keys: list[blind_rsa.SecretKey]) -> tuple[float, float, float]:
    """Milliseconds of the three steps for one voter, whose ballot has passed the box's checks."""
    eid, election_key = random_bytes(32), secret_mul_base(4)
    spkis = [write(key.public.spki) for key in keys]
    asked = {"eid": write(eid), "seed": write(random_bytes(32)), "keys": spkis}
    blinding, blinded = page.evaluate(BLIND, asked)
    answers = [
        write(blind_rsa.blind_sign(key, read(each)))
        for key, each in zip(keys, blinded, strict=True)
    ]
    sent: dict[str, Any] = {"answers": answers, "electionKey": write(election_key.uncompressed)}
    finalising, sealing, payload = page.evaluate(FINISH, sent)
    check(Cast.parse(read(payload)), eid, keys)
    return blinding, finalising, sealing


def check(cast: Cast, eid: bytes, keys: list[blind_rsa.SecretKey]) -> None:
    """Pass for a good ballot; raises CryptoError."""
    ed25519.verify(cast.bk, cast.body.payload, cast.signature)
    for credential in cast.credentials:
        message = M("credential", eid, u16(credential.registrar), u16(1), cast.bk)
        blind_rsa.verify(keys[credential.registrar - 1].public, message, credential.signature)


def write(octets: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def read(text: str) -> bytes:
    """The bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


if __name__ == "__main__":
    main()
