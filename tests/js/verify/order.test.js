/** What may follow what in a log (protocol, section 4). */
import assert from "node:assert/strict";
import test from "node:test";
import { Order } from "../../../static/js/verify/logs/order.js";

const HONEST = {
  setup: "draft reg-key reg-key dkg1 dkg2 dkg3 roll-note roll-note",
  "check-ins": "manifest check-in issue epoch issue epoch",
  ballots: "manifest ack open cast epoch issue-close cast cast epoch close share result attest",
};

/** The codes that a log of these tags gives, entry by entry; "" for one that may stand. */
function codes(log, tags) {
  const order = new Order(log);
  return tags.split(" ").map((tag) => {
    try {
      order.admit(tag);
      return "";
    } catch (fault) {
      return fault.code;
    }
  });
}

for (const [log, tags] of Object.entries(HONEST)) {
  test(`every beginning of an honest ${log} log is in order`, () => {
    assert.deepEqual(new Set(codes(log, tags)), new Set([""]));
  });

  test(`a ${log} log whose first entry is another goes on behind it`, () => {
    const [, ...rest] = codes(log, tags.replace(/^\w+/, "attest"));
    assert.deepEqual(new Set(rest), new Set([""]));
  });
}

const FAULTS = [
  ["ballots", "manifest open ack", ["", "", "V15"]],
  ["ballots", "manifest open cast issue-close epoch issue-close", ["", "", "", "V15", "", ""]],
  ["ballots", "manifest open issue-close close close share", ["", "", "", "", "V29", ""]],
  ["ballots", "manifest open issue-close close cast result", ["", "", "", "", "V28", ""]],
  ["ballots", "manifest open issue-close close result share", ["", "", "", "", "", "V15"]],
  ["check-ins", "manifest epoch check-in epoch", ["", "V15", "", ""]],
  ["setup", "draft dkg1 reg-key dkg2", ["", "", "V15", ""]],
  ["setup", "draft dkg-complaint roll-note", ["", "", "V15"]],
];

for (const [log, tags, wanted] of FAULTS) {
  test(`${log}: ${tags}`, () => assert.deepEqual(codes(log, tags), wanted));
}

test("what a trustee says in a round of the ceremony is said once", () => {
  const order = new Order("setup");
  const entry = (tag, style, index) => ({
    tag, fields: [new Uint8Array(32), Uint8Array.of(0, style), Uint8Array.of(0, index)],
  });
  order.admitEntry({ tag: "draft", fields: [] });
  order.admitEntry(entry("dkg1", 1, 1));
  order.admitEntry(entry("dkg1", 1, 2));
  order.admitEntry(entry("dkg1", 2, 1));
  assert.throws(() => order.admitEntry(entry("dkg1", 1, 2)), /a second dkg1/);
  order.admitEntry(entry("dkg2", 1, 2));
});
