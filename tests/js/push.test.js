import assert from "node:assert/strict";
import test from "node:test";
import { openNews, showNews } from "../../static/js/push/news.js";

const HERE = "https://suara.example/en/news";

function shower() {
  const shown = [];
  return { shown, showNotification: async (...told) => shown.push(told) };
}

function pages(...addresses) {
  const acts = [];
  const open = addresses.map((url) => ({ url, focus: async () => acts.push(["focus", url]) }));
  return {
    acts,
    matchAll: async () => open,
    openWindow: async (address) => acts.push(["open", address]),
  };
}

test("a message is shown, and a later one takes its place", async () => {
  const screen = shower();
  await showNews(screen, { json: () => ({ title: "Suara", body: "News", address: HERE }) });
  assert.deepEqual(screen.shown, [
    ["Suara", { body: "News", tag: "news", data: { address: HERE } }],
  ]);
});

test("a message without words is still shown, as browsers demand", async () => {
  const screen = shower();
  await showNews(screen, null);
  assert.equal(screen.shown[0][1].data.address, "/news");
});

test("a press leads to the open page of news, or opens one", async () => {
  const open = pages("https://suara.example/", HERE);
  await openNews(open, HERE);
  assert.deepEqual(open.acts, [["focus", HERE]]);
  const none = pages("https://suara.example/");
  await openNews(none, HERE);
  assert.deepEqual(none.acts, [["open", HERE]]);
});
