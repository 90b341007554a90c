/** The second device's page in English. */

/** @type {import("./messages.js").Words} */
export const english = {
  name: "Does my ballot say what I chose?",
  about: "The device you voted with could be dishonest. This second device opens the ballot that really lies in the box and shows what it says. The code is read here and sent nowhere.",
  language: "Bahasa Indonesia",
  ask: {
    heading: "Read the code",
    code: "The code that the device you voted with shows",
    codeHint: "On the page that says that your vote is in the box, under “Check with a second device”. It begins with suara-check.",
    camera: "Scan it with the camera",
    aim: "Hold the camera over the code.",
    noCamera: "This browser cannot read codes with its camera. Copy the text of the code instead, or open this page in another browser.",
    stop: "Stop the camera",
    send: "Show my ballot",
    busy: "Looking…",
    elsewhere: "The vote is on another site, or its ballot box has an address of its own",
    site: "Address of the site where the vote is",
    siteHint: "Such as https://suara.example. Only this address is asked, and it is not told your code’s secret.",
    box: "Address of the ballot box, if it has its own",
    boxHint: "May be left empty.",
  },
  opened: {
    heading: "Your ballot says",
    election: "Vote",
    code: "Tracking code",
    codeHint: "It must be the one that the device you voted with shows.",
    blank: "Blank",
    passed: "What this device has checked",
    question: "Is this what you chose, and is the tracking code the same?",
    yes: "Yes, both are right",
    no: "No, something is different",
    limit: "One thing this check cannot see: a dishonest device could show two people who vote alike the same ballot. They notice when they compare: no two tracking codes may be equal.",
  },
  checks: {
    ballot: "The box holds the very ballot that the code names",
    credentials: "It carries the permissions and the signature of a voter who checked in",
    opens: "It opens with the secret in the code, and can say nothing else",
  },
  right: {
    heading: "Your ballot says what you meant",
    about: "It will be opened and counted as you saw it. Show the code to nobody: whoever has it can read your vote.",
    another: "Check another ballot",
  },
  wrong: {
    heading: "Vote again, and report it",
    broken: "What did not hold: {why}",
    steps: [
      "Vote again before the close, best on another device with your recovery file. Only the last ballot counts.",
      "Check the new ballot in the same way.",
      "Write down the time and the tracking code, and tell the organisers and the observers that a device sealed something else than what was chosen. Do not delete anything on it.",
    ],
    another: "Check another ballot",
  },
  troubles: {
    "no-code": {
      title: "This is not the code of a ballot.",
      advice: "It begins with suara-check. and has three more parts between dots. Copy all of it, or scan it again.",
    },
    "no-address": {
      title: "This is not the address of a site.",
      advice: "It looks like https://suara.example.",
    },
    "not-found": {
      title: "The ballot is not there.",
      advice: "This address has no such ballot or no such vote. Is it the right address? If it is, ask again in a minute; if the ballot still is not there, vote again and report it.",
    },
    unreachable: {
      title: "The ballot box cannot be reached.",
      advice: "Check the connection and the address, and try again.",
    },
    "no-camera": {
      title: "The camera cannot be used.",
      advice: "Allow it for this page, or copy the text of the code instead.",
    },
  },
};
