/** What went wrong on a trustee's page and what to do, in English. */

/** @typedef {import("../vote/messages.js").Words} Words */

/** @type {Record<string, Words>} */
export const english = {
  "needs-newer-browser": {
    title: "This browser is too old",
    advice:
      "It lacks {missing}. Please use Chrome or Edge 133, Firefox 130, Safari 17 or newer," +
      " or the command line program.",
  },
  "no-storage": {
    title: "This browser keeps nothing",
    advice: "A private window or a setting keeps it from storing your key. Use an ordinary window.",
  },
  unreachable: {
    title: "The site could not be reached",
    advice: "Nothing is lost. Check your connection and try again.",
  },
  "key-taken": {
    title: "A key was registered with this link before",
    advice:
      "It was made on another device or in another browser. If that was not you, ask the" +
      " organiser for a new link at once.",
  },
  "key-elsewhere": {
    title: "Your key is not on this device",
    advice: "Open the page where you made it, or restore your backup.",
  },
  "no-keys-here": {
    title: "Your key is not on this device",
    advice: "Restore your backup first.",
  },
  "not-a-trustee": {
    title: "The draft names another key than yours",
    advice: "Nothing was signed. Tell the other trustees, and ask the organiser why.",
  },
  "bad-setup": {
    title: "The public log of the ceremony is not right",
    advice: "Nothing was signed. Tell the other trustees, and show this to someone who knows.",
  },
  "bad-dealing": {
    title: "Trustee {dealer} did not follow the ceremony",
    advice: "It is in the public log for all to see. The organiser has to begin again.",
  },
  "round-incomplete": {
    title: "Somebody's part is missing",
    advice: "Wait until the others have said theirs, and try again.",
  },
  "other-voice": {
    title: "Somebody else speaks with your key",
    advice:
      "The log holds words under your key that this device never said. If you did not use a" +
      " copy of your backup elsewhere, your key was stolen: tell the organiser at once.",
  },
  "other-manifest": {
    title: "What was frozen is not what you took part in",
    advice: "Nothing was signed. Tell the other trustees and the organiser.",
  },
  "other-election": {
    title: "These keys belong to another vote",
    advice: "Choose the backup file of this vote.",
  },
  "other-trustee": {
    title: "This is the backup of somebody else",
    advice: "It belongs to {name}. Choose your own file, made with the key you registered.",
  },
  "share-missing": {
    title: "This backup is too old",
    advice: "It was saved before the ceremony was over and holds no share. Choose the later file.",
  },
  "share-wrong": {
    title: "This backup does not fit the frozen vote",
    advice: "Its share is not the one that the ceremony gave you. Choose another file.",
  },
  "no-file": {
    title: "Please choose a file",
    advice: "Your backup file ends in “.suara-key”.",
  },
  "bad-key-file": {
    title: "This is not a backup file, or it is damaged",
    advice: "Its name ends in “.suara-key”. Try another copy.",
  },
  "wrong-passphrase": {
    title: "The words do not open this file",
    advice: "Check them one by one; their order matters. Or the file was changed.",
  },
  "weak-passphrase": {
    title: "This passphrase is too easy",
    advice: "Take at least {least} letters, or the words that were drawn for you.",
  },
  "nothing-wrong": {
    title: "Every share is right",
    advice: "There is nothing to complain about. The ceremony goes on.",
  },
  "ended-by-complaint": {
    title: "The ceremony has ended",
    advice: "{name} dealt a share that is not right. The organiser begins again.",
  },
  "not-closed": {
    title: "Voting is not over in this record",
    advice: "Try again once the organiser has closed the vote.",
  },
  "record-not-right": {
    title: "The record is not right: your share stays with you",
    advice: "Nothing was released. {why} Tell the other trustees, and keep the record.",
  },
  "no-verifier": {
    title: "The verifier is missing on this site",
    advice: "Nothing was released. Use the command line program, or ask the organiser.",
  },
  "second-close": {
    title: "Stop: this vote was closed before, differently",
    advice:
      "You released your share for another close. Somebody shows two ballot boxes. Nothing was" +
      " released now. Keep this page, tell the other trustees and make it public.",
  },
  "close-forgotten": {
    title: "This backup is older than your release",
    advice: "This device remembers for which close your share was released, and keeps that.",
  },
  "already-done": {
    title: "This was said before, in other words",
    advice: "Another copy of your key has spoken. If that was not you, tell the organiser.",
  },
};

export const other = {
  title: "Something went wrong",
  advice: "Nothing is lost. Try again; if it stays so, tell the organiser.",
};
