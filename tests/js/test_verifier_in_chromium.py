"""The browser's verifier where it lives: bundled, in a module worker of a real Chromium."""

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.places import ROOT
from tests.records.builder import Builder, write_archive, write_folder

pytestmark = pytest.mark.browser

ASK = """async (asked) => {
  const worker = new Worker("/worker.js", { type: "module" });
  const file = asked.path ? await (await fetch(asked.path)).blob() : undefined;
  const stages = new Set();
  const answer = await new Promise((resolve) => {
    worker.addEventListener("message", ({ data }) => {
      if (data.kind === "progress") stages.add(data.stage); else resolve(data);
    });
    const bytes = (octets) => Uint8Array.from(octets);
    const beside = asked.beside.map(({ name, octets }) => ({ name, bytes: bytes(octets) }));
    worker.postMessage({ address: asked.address, file, beside, language: "id" });
  });
  worker.terminate();
  return { ...answer, stages: [...stages] };
}"""
POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a strict content policy; remembers what was asked for."""

    asked: list[str] = []  # noqa: RUF012 - one list for all requests, on purpose

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keeps the path, prints nothing."""
        self.asked.append(self.path)


@pytest.fixture(scope="module")
def built() -> Builder:
    return Builder().build()


@pytest.fixture(scope="module")
def address(built, tmp_path_factory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("verifier")
    command = ["node_modules/.bin/esbuild", "static/js/verify/worker.js", "--bundle"]
    bundle = [*command, "--format=esm", f"--outfile={folder / 'worker.js'}", "--log-level=warning"]
    subprocess.run(bundle, cwd=ROOT, check=True)
    (folder / "index.html").write_text("<!doctype html><title>Verify</title>", "utf-8")
    write_folder(built.files, folder / "record")
    write_archive(built.files, folder / "whole.suara")
    write_archive({"consultation.json": b"{}"}, folder / "consultation.suara")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium, address) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.goto(address)
    Handler.asked.clear()
    yield opened
    opened.close()


def ask(page, *, beside=(), **where):
    """What the worker answers."""
    named = [{"name": name, "octets": list(octets)} for name, octets in beside]
    return page.evaluate(ASK, {"beside": named, **where})


def test_a_record_is_verified_file_by_file_from_its_address(page, address):
    answer = ask(page, address=f"{address}/record")

    assert answer["kind"] == "report"
    assert [each["ok"] for each in answer["report"]["verdicts"]] == [True] * 40
    assert answer["report"]["sentence"].startswith("Hasilnya benar: 3 yes, 1 no, 1 kosong.")
    assert {"setup", "ballots", "check-ins", "opening"} <= set(answer["stages"])


def test_a_whole_file_is_verified_and_nothing_handed_in_leaves_the_device(page, built):
    """A receipt shows which ballot is whose."""
    index, _ = built.cast_log[0]
    beside = [("mine.tlog-proof", built.receipt(index)), ("mine.txt", b"no recovery file")]

    answer = ask(page, path="/whole.suara", beside=beside)

    verdicts = {each["code"]: each for each in answer["report"]["verdicts"]}
    assert answer["report"]["exitCode"] == 0
    assert verdicts["V39"]["message"] != "not asked"
    assert [each["problem"] for each in answer["report"]["own"]] == ["recovery-no-file"]
    assert set(Handler.asked) <= {"/whole.suara", "/worker.js"}


def test_where_there_is_no_record_the_worker_says_so(page, address):
    answer = ask(page, address=f"{address}/nothing.suara")

    assert answer["kind"] == "failed"
    assert answer["sentence"].startswith("Pemeriksa ini gagal bekerja")
    assert "there is no such file" in answer["why"]


def test_a_page_that_is_no_zip_is_no_record(page):
    answer = ask(page, path="/index.html")

    assert (answer["kind"], answer["why"]) == ("failed", "not a zip file")


def test_the_record_of_a_consultation_is_recognised_and_says_where_to_go(page):
    answer = ask(page, path="/consultation.suara")

    assert answer["kind"] == "failed"
    assert answer["sentence"].startswith("Ini catatan sebuah konsultasi.")
    assert "suara verify" in answer["sentence"]
