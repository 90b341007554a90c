/** Reading codes with the camera, where the browser can do it by itself. */

/** @typedef {{detect: (video: HTMLVideoElement) => Promise<{rawValue: string}[]>}} Detector */

const PAUSE = 200; // milliseconds between two looks

const Detector = /** @type {any} */ (globalThis)["BarcodeDetector"];

/** Whether this browser has a camera that it may use, and reads such codes itself. */
export async function canScan() {
  if (!Detector || !navigator.mediaDevices?.getUserMedia) return false;
  const formats = await Detector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

/** The camera while it looks. */
export class Camera {
  /** @type {MediaStream | null} */
  #stream = null;

  /** @param {HTMLVideoElement} video */
  constructor(video) {
    this.video = video;
  }

  /**
   * The first text of a code for which `isWanted`; null once it was stopped.
   * @param {(text: string) => boolean} isWanted
   * @returns {Promise<string | null>}
   */
  async look(isWanted) {
    const wanted = { video: { facingMode: "environment" }, audio: false };
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    this.#stream = stream;
    this.video.srcObject = stream;
    await this.video.play();
    /** @type {Detector} */
    const detector = new Detector({ formats: ["qr_code"] });
    while (this.#stream === stream) {
      const found = (await detector.detect(this.video)).find(({ rawValue }) => isWanted(rawValue));
      if (found) return found.rawValue;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return null;
  }

  /** Turns the camera off. */
  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.video.srcObject = null;
  }
}
