/** The voter's words in English. */

/** @type {import("./messages.js").Language} */
export const english = {
  or: "or",
  other: {
    title: "Something is not right.",
    advice: "Nothing is lost. Reload this page and try again; if it happens again, ask the organisers.",
  },
  checks: {
    identity: "This election's document is the real one",
    policy: "Its rule for witnesses is the document's",
    "set-up": "The record of its preparation is complete",
    "registrar-keys": "The registrars' keys are the same for everybody and cannot mark a vote",
    "check-in-log": "The check-in record begins with this document",
    "ballot-log": "The ballot box begins with this document",
    acknowledgements: "All trustees and registrars have acknowledged it",
    "same-log": "The ballot box is still the same ballot box",
  },
  remarks: [
    "Recovery file of your vote. SECRET: whoever holds it can cast your vote.",
    "Keep it safe until the result is out, then delete it. Send it to nobody,",
    "the organisers included: they will never ask for it.",
  ],
  errors: {
    "needs-newer-browser": {
      title: "This browser is too old to vote with.",
      advice: "Update it, or use a current browser on another phone or computer. (Missing: {missing}.)",
    },
    "no-storage": {
      title: "This browser will not store anything.",
      advice: "Leave private browsing, or allow site data, and reload. Without it your vote could be lost half way.",
    },
    "not-trusted": {
      title: "Stop: a check does not hold.",
      advice: "What was checked: {check}. Do not go on here. Note the time and tell the organisers and observers; somebody may be tampering with the election.",
    },
    unreachable: {
      title: "The server cannot be reached.",
      advice: "Check your connection and try again. Nothing is lost: this step is safe to repeat.",
    },
    "signed-out": {
      title: "You have been signed out.",
      advice: "Sign in again and continue from this step. What was made so far is kept on this device.",
    },
    "stale-form": {
      title: "This page has been open for too long.",
      advice: "Reload it and continue. What was made so far is kept on this device.",
    },
    "rate-limited": {
      title: "Too many requests at once.",
      advice: "Wait a minute and try again.",
    },
    "registrars-silent": {
      title: "{names} does not answer.",
      advice: "Nothing is lost: your check-in is stored, and so is every signature that came. Try again in a few minutes; this step is safe to repeat. If it goes on, tell the organisers which registrar is missing.",
    },
    "not-durable": {
      title: "The server cannot store safely right now.",
      advice: "So it has promised nothing. Try again soon; this step is safe to repeat.",
    },
    "bad-signature": {
      title: "A signature from the server is not valid.",
      advice: "Try once more. If it happens again, do not go on; tell the organisers and observers.",
    },
    "bad-proof": {
      title: "A proof from the server does not hold.",
      advice: "Try once more. If it happens again, download your evidence and tell the organisers and observers.",
    },
    "bad-key": {
      title: "A key of this election must not be used.",
      advice: "Do not go on; tell the organisers and observers.",
    },
    "bad-encoding": {
      title: "The server's answer cannot be read.",
      advice: "Reload this page and try again. If it happens again, ask the organisers.",
    },
    "cannot-open": {
      title: "This ballot does not open with that code.",
      advice: "Scan the code of the voting device again. If it still fails, vote again and report it.",
    },
    "check-in-not-open": {
      title: "Check-in has not opened yet.",
      advice: "Come back at the time shown on the election's page.",
    },
    "check-in-closed": {
      title: "Check-in is closed.",
      advice: "Nobody can check in any more. Those who did can still vote.",
    },
    "unknown-row": {
      title: "Your name is not on the roll.",
      advice: "If you think it should be, ask the organisers.",
    },
    "wrong-row": {
      title: "This row of the roll is not your account's.",
      advice: "Make sure that you signed in with your own account. If you did, ask the organisers.",
    },
    "row-struck": {
      title: "Your row was struck from the roll.",
      advice: "The organisers have to say why; ask them.",
    },
    "already-checked-in": {
      title: "You have checked in before, with another secret.",
      advice: "Continue on the device you used then, or restore with its recovery words or file. If you never checked in, report this at once.",
    },
    "passkey-required": {
      title: "Your name needs a passkey.",
      advice: "Use the passkey that you enrolled, or go to an officer's desk.",
    },
    "bad-evidence": {
      title: "The passkey was not accepted.",
      advice: "Try again with the passkey that you enrolled for this election.",
    },
    "passkey-not-used": {
      title: "Your passkey was not used.",
      advice: "Nothing is lost: try again. If it is on another phone, choose that phone in your browser's window. If you cannot get at it, an officer's desk can check you in.",
    },
    "passkey-elsewhere": {
      title: "Your passkey belongs to another address of this site.",
      advice: "Open {origin} and check in there. A page under another address cannot use it, and should not.",
    },
    "passkey-unsupported": {
      title: "This browser cannot use your passkey.",
      advice: "Take the device that you enrolled it on, or a newer browser. Or go to an officer's desk. Nothing is lost.",
    },
    "passkey-gone": {
      title: "The passkey in your row is not on your account any more.",
      advice: "It was removed after the roll was laid out, and the roll does not change. An officer's desk can check you in.",
    },
    "desk-over": {
      title: "This link of the desk is over.",
      advice: "Ask the officer for a new one. Your key stays on this device, and nothing was signed yet.",
    },
    "desk-taken": {
      title: "Another device has used this link already.",
      advice: "Tell the officer: they must not confirm, but begin again with a new link.",
    },
    "voting-not-open": {
      title: "Voting has not opened yet.",
      advice: "Your vote is sealed and kept on this device. Come back when voting is open to send it.",
    },
    "voting-closed": {
      title: "Voting is closed.",
      advice: "Votes that are in are counted; no new ones are accepted.",
    },
    "sequence-taken": {
      title: "Another device has voted with the same secret.",
      advice: "If it was you, choose and seal again: the last vote counts. If not, report it at once.",
    },
    "broken-sequence": {
      title: "This vote does not follow your earlier one.",
      advice: "Choose and seal again; the order will be looked up anew.",
    },
    "too-many-revisions": {
      title: "You cannot change your vote any more often.",
      advice: "Your last vote counts.",
    },
    "not-yet-in-log": {
      title: "Your vote has arrived and waits to be recorded.",
      advice: "The box records several votes at once, so that nobody learns who sent when. Open this page again later for your receipt.",
    },
    "unknown-election": {
      title: "This election is not known here.",
      advice: "Check the address, or open it again from the election's page.",
    },
    "changed-elsewhere": {
      title: "You have just voted in another tab.",
      advice: "Reload this page to see where you are.",
    },
    "not-prepared": {
      title: "This device knows nothing of your vote yet.",
      advice: "Check in from the election's page first, or restore with a recovery file.",
    },
    "not-checked-in": {
      title: "You have not checked in yet.",
      advice: "Check in from the election's page; then you can vote.",
    },
    "nothing-sealed": {
      title: "No vote has been sealed yet.",
      advice: "Choose and seal first, then send.",
    },
    "nothing-cast": {
      title: "No vote has been sent from this device.",
      advice: "There is a receipt once a vote has been sent.",
    },
    "words-need-sign-in": {
      title: "Recovery words need you to sign in.",
      advice: "Sign in and open the check-in page, or use the recovery file.",
    },
    "recovery-word-count": {
      title: "There are {found} words; there should be {expected}.",
      advice: "Copy them again from your note: {expected} words, and their order matters.",
    },
    "recovery-word-unknown": {
      title: "Word {place}, “{word}”, is not on the list.",
      advice: "Check its spelling. Similar: {similar}.",
    },
    "recovery-words-wrong": {
      title: "These words do not fit each other.",
      advice: "Each is known, but at least one is wrong or out of order. Compare them with your note.",
    },
    "recovery-no-file": {
      title: "This is not a recovery file.",
      advice: "Choose the file you saved when you checked in; its name begins with “suara-”.",
    },
    "recovery-damaged": {
      title: "This recovery file is damaged.",
      advice: "Something in it was changed or cut. Try another copy, or use the recovery words.",
    },
    "recovery-other-election": {
      title: "This recovery file is of another election.",
      advice: "Choose the file of this election.",
    },
    "recovery-other-seed": {
      title: "This device already holds another secret for this election.",
      advice: "If you checked in from this device, there is nothing to restore. If not, first remove this election's data from it.",
    },
    unanswered: {
      title: "Please choose.",
      advice: "Choose an option, or “Blank vote” where it is offered.",
    },
    "mark-unreadable": {
      title: "A number cannot be read.",
      advice: "Whole numbers are expected, such as 3; leave a field empty for 0.",
    },
    "rank-missing": {
      title: "Rank {rank} is missing.",
      advice: "Ranks must follow each other: 1, 2, 3, without a gap.",
    },
    "too-few-marks": {
      title: "You have marked too few.",
      advice: "Mark at least {min}; you have marked {marks}.",
    },
    "too-many-marks": {
      title: "You have marked too many.",
      advice: "Mark at most {max}; you have marked {marks}.",
    },
    "score-too-high": {
      title: "A score is too high.",
      advice: "The highest score is {most}.",
    },
    "too-many-points": {
      title: "You have given too many points.",
      advice: "All points together may be {points} at most.",
    },
    "equal-ranks": {
      title: "Two options have the same rank.",
      advice: "Give each option a rank of its own.",
    },
  },
};
