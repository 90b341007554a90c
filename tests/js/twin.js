/**
 * The null twin of the platform: registrars, ballot box and record of one election in memory,
 * reached through a `fetch` of its own. `faults` let requests fail before or after their effect.
 */
import { parseCast } from "../../static/js/vote/ballot.js";
import { b64url, fromB64url, hex, isEqual, utf8 } from "../../static/js/vote/bytes.js";
import { M, sha256, u16, u64 } from "../../static/js/vote/encoding.js";
import { inclusionProof } from "../../static/js/vote/merkle.js";
import { policyText } from "../../static/js/vote/policy.js";
import { writeProof } from "../../static/js/vote/proof.js";
import { Service } from "../../static/js/vote/service.js";
import { prepareElection, signBlindly } from "./twin-election.js";
import { seedOf, sign } from "./twin-keys.js";

const DELAY = 2;

const problem = (status, code, detail = "") =>
  new Response(JSON.stringify({ type: `/problems/${code}`, title: code, detail, status }), {
    status, headers: { "Content-Type": "application/problem+json" },
  });
const json = (value) =>
  new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });
const octets = (value) => (value ? new Response(value) : problem(404, "not-found"));

export class Twin {
  requests = [];
  faults = [];
  ballots = new Map(); // hash in hex → {payload, promise}
  keys = new Map(); // ballot key in hex → [hash]
  waiting = [];
  checkIns = new Map(); // row → {asked, answer}

  static async open(options) {
    const twin = new Twin();
    Object.assign(twin, await prepareElection(options));
    twin.name = b64url(twin.eid);
    return twin;
  }

  /** A service for this voter's page; `voter` is who is signed in. */
  service(voter = "ani") {
    const base = { record: `/elections/${this.name}/record/`, box: `/box/${this.name}/` };
    const places = { ...base, votes: "/votes/street/", csrf: "token" };
    const fetch = (address, init) => this.#receive(voter, address, init);
    return new Service(places, { fetch, wait: async () => {} });
  }

  async #receive(voter, address, init = {}) {
    this.requests.push({ address, ...init });
    const fault = this.faults.find(({ match }) => match.test(address));
    if (fault?.when === "before") throw new TypeError("no network");
    const answer = await this.answer(voter, address, init);
    if (fault?.when === "after") throw new TypeError("the answer was lost");
    return fault?.answer ?? answer;
  }

  /** What the platform says; tests replace it to make the platform lie. */
  async answer(voter, address, init) {
    const record = `/elections/${this.name}/record/`;
    const box = `/box/${this.name}/`;
    if (address.startsWith(record)) return octets(await this.file(address.slice(record.length)));
    if (address === "/votes/street/roll-row") return this.#rollRow(voter);
    if (address === "/votes/street/check-in") return this.#checkIn(JSON.parse(init.body));
    const [what, name] = address.slice(box.length).split("/");
    if (init.method === "POST" && what === "ballots") return this.#cast(init.body);
    if (what === "keys") return this.#last(name);
    if (what === "ballots") return octets(this.ballots.get(hex(fromB64url(name)))?.payload);
    return this.#receipt(fromB64url(name));
  }

  /** A file of the public record, by its path. */
  async file(path) {
    if (path === "manifest.json") return this.manifestBytes;
    if (path === "policy") return utf8(policyText(this.policy));
    const [log, ...rest] = path.split("/");
    return this.logs[log]?.file(rest.join("/"));
  }

  async #rollRow(voter) {
    const row = this.roll.rows.findIndex((each) => each.voter === voter);
    const { salt, leaf } = this.roll.rows[row];
    const size = this.roll.rows.length;
    const proof = (await inclusionProof(row, size, this.roll.subtree)).map(b64url);
    return json({
      row, style: 7, salt: b64url(salt), voter_id: voter, leaf: b64url(leaf), proof, size,
    });
  }

  async #checkIn(ask) {
    const known = this.checkIns.get(ask.row);
    const asked = JSON.stringify(ask.blinded);
    if (known && known.asked !== asked) return problem(409, "already-checked-in");
    if (!known) this.checkIns.set(ask.row, { asked, answer: await this.#issue(ask) });
    return json(this.checkIns.get(ask.row).answer);
  }

  async #issue({ row, style, blinded, kind }) {
    const asked = blinded.map((each) => fromB64url(each));
    const fields = [u64(row), u16(style), ...asked, Uint8Array.of(kind), new Uint8Array()];
    const hash = await sha256(M("check-in", this.eid, ...fields));
    const signatures = asked.map((each, at) => signBlindly(at, each));
    const promises = signatures.map(async (signature, at) => {
      const issued = await sha256(M("issue", this.eid, u16(at + 1), hash, signature));
      return this.#promise("promise-issue", issued, 2);
    });
    return {
      blind_signatures: signatures.map(b64url),
      promises: (await Promise.all(promises)).map(b64url),
    };
  }

  #promise(tag, hash, logSeed) {
    const promise = M(tag, this.eid, hash, u64(0), u16(DELAY));
    return M("promised", promise, sign(seedOf(logSeed), promise));
  }

  async #cast(payload) {
    if (this.closed) return problem(409, this.closed);
    const hash = await sha256(payload);
    const name = hex(hash);
    const { bk, seq, previous } = parseCast(payload);
    const own = this.keys.get(hex(bk)) ?? [];
    if (!this.ballots.has(name)) {
      if (seq < own.length) return problem(409, "sequence-taken");
      const before = own.at(-1) ?? new Uint8Array(32);
      if (seq > own.length || !isEqual(previous, before)) return problem(409, "broken-sequence");
      this.ballots.set(name, { payload, promise: this.#promise("promise", hash, 3) });
      this.keys.set(hex(bk), [...own, hash]);
      this.waiting.push(payload);
    }
    return octets(this.ballots.get(name).promise);
  }

  #last(name) {
    const last = this.keys.get(hex(fromB64url(name)))?.at(-1);
    return octets(last && this.ballots.get(hex(last)).payload);
  }

  async endEpoch() {
    for (const payload of this.waiting.splice(0)) await this.logs.ballots.append(payload);
  }

  async #receipt(hash) {
    const payload = this.ballots.get(hex(hash))?.payload;
    if (!payload) return problem(404, "not-found");
    const index = this.logs.ballots.entries.findIndex((entry) =>
      isEqual(entry.subarray(32), payload),
    );
    if (index < 0) return problem(404, "not-published");
    return octets(writeProof(await this.logs.ballots.receipt(index)));
  }
}
