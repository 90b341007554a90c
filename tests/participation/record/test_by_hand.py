"""The page docs/consultation-record.md is enough: a reader made from it, with nothing of ours."""

import base64
import hashlib
import json

from participation.record.entries import KINDS
from participation.record.verifying.texts import CODES
from tests.places import ROOT

PAGE = (ROOT / "docs/consultation-record.md").read_text(encoding="utf-8")


def sha256(octets):
    return hashlib.sha256(octets).digest()


def message(tag, *fields):
    """M(tag, f1..fn)."""
    name = b"suara/v1/" + tag.encode()
    told = bytes([len(name)]) + name + len(fields).to_bytes(2, "big")
    return told + b"".join(len(each).to_bytes(4, "big") + each for each in fields)


def take_apart(payload):
    """The tag and the fields of a payload."""
    end = 1 + payload[0]
    tag, at, fields = payload[1:end].decode().removeprefix("suara/v1/"), end + 2, []
    for _ in range(int.from_bytes(payload[end:at], "big")):
        length = int.from_bytes(payload[at : at + 4], "big")
        fields.append(payload[at + 4 : at + 4 + length])
        at += 4 + length
    assert at == len(payload)
    return tag, fields


def root(leaves):
    """The root of RFC 9162."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:]))


def entries_of(files):
    """The entries of a log that fits one bundle."""
    (octets,) = [files[path] for path in files if path.startswith("tile/entries/")]
    at, found = 0, []
    while at < len(octets):
        length = int.from_bytes(octets[at : at + 2], "big")
        found.append(octets[at + 2 : at + 2 + length])
        at += 2 + length
    return found


def test_the_chain_and_the_signed_root_can_be_recomputed(whole):
    previous, leaves = bytes(32), []
    for entry in entries_of(whole):
        assert entry[:32] == previous
        previous = sha256(b"\x00" + entry)
        leaves.append(previous)
    origin, size, signed = whole["checkpoint"].decode().split("\n")[:3]
    assert int(size) == len(leaves)
    assert base64.b64decode(signed) == root(leaves)
    assert json.loads(whole["consultation.json"])["origin"] == origin


def test_every_shown_contribution_opens_its_newest_commitment(whole):
    newest, opened = {}, 0
    for entry in entries_of(whole):
        tag, fields = take_apart(entry[32:])
        if tag == "contribution":
            newest[fields[1].hex()] = fields[3]
        elif tag in {"contribution-edited", "contribution-redacted"}:
            newest[fields[1].hex()] = fields[2]
    for line in whole["contributions"].splitlines()[1:]:
        row = json.loads(line)
        content = json.dumps(row["content"], sort_keys=True, separators=(",", ":"),
                             ensure_ascii=False).encode()  # fmt: skip
        told = message("contribution-content", bytes.fromhex(row["salt"]), content)
        assert sha256(told) == newest[row["id"]]
        opened += 1
    assert opened == 6


def test_how_contributions_came_can_be_counted(whole):
    rows = [json.loads(line)["content"] for line in whole["contributions"].splitlines()[1:]]
    said = [row["source"] for row in rows]
    assert said.count("paper") == 1
    assert set(said) == {"", "paper"}
    assert "`paper`, `counter`, `meeting`, `sms`" in PAGE


def test_texts_and_answers_have_the_hashes_of_the_log(whole):
    said = {}
    for entry in entries_of(whole):
        tag, fields = take_apart(entry[32:])
        if tag == "consult-version":
            number = int.from_bytes(fields[1], "big")
            assert sha256(whole[f"versions/{number}.txt"]) == fields[2]
        elif tag == "contribution-answered":
            said[fields[2].hex()] = fields[3]
    for line in whole["answers"].splitlines()[1:]:
        row = json.loads(line)
        content = json.dumps(row["content"], sort_keys=True, separators=(",", ":"),
                             ensure_ascii=False).encode()  # fmt: skip
        assert sha256(content) == said.pop(row["id"])
    assert said == {}


def test_the_page_tells_every_entry_and_every_check():
    assert all(f"| `{tag}` |" in PAGE for tag in KINDS)
    assert all(code in PAGE for code in CODES)
