"""The browser code where it lives: the sources themselves, unbundled, in a real Chromium."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page

from tests.places import ROOT, VECTORS

pytestmark = pytest.mark.browser

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
FORM = """<!doctype html><title>Form</title><script type="module" src="/static/js/form.js"></script>
<form data-keep-draft="clause-7"><textarea name="words"></textarea>
<input name="place" value="set"><input type="password" name="secret"></form>"""
DONE = FORM + '<p data-draft-done="clause-7">Sent.</p>'
PAGES = {"/blank": "<!doctype html><title>Blank</title>", "/form": FORM, "/done": DONE}
FORM_SCRIPT = 'import { keepDrafts } from "/static/js/drafts.js"; keepDrafts(document);'


class Handler(SimpleHTTPRequestHandler):
    """Serves the repository's static files and a few pages, under a strict content policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self) -> None:
        if self.path == "/static/js/form.js":
            self.answer("text/javascript", FORM_SCRIPT)
        elif self.path in PAGES:
            self.answer("text/html; charset=utf-8", PAGES[self.path])
        else:
            super().do_GET()

    def answer(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def context(address, chromium):
    made = chromium.new_context(base_url=address)
    yield made
    made.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    opened = context.new_page()
    opened.goto("/blank")
    yield opened
    opened.close()


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text())["vectors"]


def run(page, modules, body, given=None):
    """The value of an async function body that sees the client's modules by their names."""
    names = ", ".join(module.replace("-", "") for module in modules)
    paths = json.dumps([f"/static/js/vote/{module}.js" for module in modules])
    loading = f"Promise.all({paths}.map((path) => import(path)))"
    return page.evaluate(f"async (given) => {{ const [{names}] = await {loading}; {body} }}", given)


def test_signatures_are_those_of_the_published_vectors(page):
    body = """const { fromHex, hex } = bytes;
      await ed25519.checkSupport();
      return Promise.all(given.map(async ({ secret, message }) => [
        hex(await ed25519.publicKey(fromHex(secret))),
        hex(await ed25519.sign(fromHex(secret), fromHex(message)))]));"""
    wanted = vectors("rfc8032-ed25519")
    made = run(page, ["bytes", "ed25519"], body, wanted)
    assert made == [[each["public"], each["signature"]] for each in wanted]


def test_the_sealing_vector_comes_out(page):
    body = """const { fromHex, hex } = bytes;
      const { enc, key, iv } = await hpke.senderContext(
        fromHex(given.ikmE), fromHex(given.pkRm), fromHex(given.info));
      const [{ aad, pt }] = given.encryptions;
      const way = { name: "AES-GCM", iv, additionalData: fromHex(aad) };
      return [hex(enc), hex(new Uint8Array(await crypto.subtle.encrypt(way, key, fromHex(pt))))];"""
    wanted = next(each for each in vectors("rfc9180-base") if each["kem_id"] == 16)
    made = run(page, ["bytes", "hpke"], body, wanted)
    assert made == [wanted["enc"], wanted["encryptions"][0]["ct"]]


def test_the_blind_signature_vector_comes_out(page):
    body = """const { b64url, fromBigInt, fromHex, hex } = bytes;
      const n = BigInt("0x" + given.p) * BigInt("0x" + given.q);
      const jwk = { kty: "RSA", n: b64url(fromBigInt(n, 512)), e: "AQAB" };
      const way = { name: "RSA-PSS", hash: "SHA-384" };
      const imported = await crypto.subtle.importKey("jwk", jwk, way, true, ["verify"]);
      const spki = new Uint8Array(await crypto.subtle.exportKey("spki", imported));
      const key = { n, octets: 512, spki };
      const factor = integers.inverse(BigInt("0x" + given.inverse), n);
      const message = fromHex(given.message);
      const blinded = await blindrsa.blind(key, message, factor);
      const answer = fromHex(given.blind_signature);
      return [hex(blinded), hex(await blindrsa.finalize(key, message, answer, factor))];"""
    wanted = vectors("rfc9474-psszero-deterministic")[0]
    made = run(page, ["bytes", "integers", "blind-rsa"], body, wanted)
    assert made == [wanted["blinded"], wanted["signature"]]


STORE = """const store = await vault.browserStore();
  const voter = { row: 1, style: 1, seed: new Uint8Array(32).fill(7) };"""


def test_what_is_stored_survives_a_reload_and_can_be_wiped(page):
    kept = STORE + "await store.change('one', () => vault.newRecord('one', voter));"
    run(page, ["vault"], kept)
    page.reload()
    read = (
        STORE + "const r = await store.read('one'); return [r.eid, r.row, ...r.seed.slice(0, 1)];"
    )
    assert run(page, ["vault"], read) == ["one", 1, 7]
    wiped = STORE + "await store.change('one', () => undefined); return store.read('one');"
    assert run(page, ["vault"], wiped) is None


def test_a_change_that_fails_stores_nothing_and_says_why(page):
    body = (
        STORE
        + """await store.change('two', () => vault.newRecord('two', voter));
      const failing = store.change('two', () => { throw new RangeError("no"); });
      const why = await failing.then(() => "stored", (error) => error.name);
      return [why, (await store.read('two')).row];"""
    )
    assert run(page, ["vault"], body) == ["RangeError", 1]


def test_changes_from_two_tabs_at_once_are_all_kept(context, page):
    begin = STORE + "await store.change('three', () => vault.newRecord('three', voter));"
    run(page, ["vault"], begin)
    other = context.new_page()
    other.goto("/blank")
    body = (
        STORE
        + """globalThis.done = Promise.all(Array.from({ length: 25 }, () =>
      store.change('three', (record) => ({ ...record, row: record.row + 1 }))));"""
    )
    run(page, ["vault"], body)
    run(other, ["vault"], body)
    page.evaluate("async () => { await done; }")
    other.evaluate("async () => { await done; }")
    read = STORE + "return (await store.read('three')).row;"
    assert run(other, ["vault"], read) == 51
    other.close()


def test_half_typed_words_come_back_until_they_are_sent(page):
    page.goto("/form")
    page.locator("textarea").press_sequentially("Half a thou")
    page.locator("[name=secret]").press_sequentially("hidden")
    page.reload()
    assert page.locator("textarea").input_value() == "Half a thou"
    assert page.locator("[name=secret]").input_value() == ""
    assert "hidden" not in page.evaluate("() => JSON.stringify(localStorage)")
    page.goto("/done")
    page.goto("/form")
    assert page.locator("textarea").input_value() == ""


def test_words_from_the_server_are_not_covered_by_older_ones(page):
    page.goto("/form")
    page.locator("[name=place]").fill("typed")
    page.reload()
    assert page.locator("[name=place]").input_value() == "set"
