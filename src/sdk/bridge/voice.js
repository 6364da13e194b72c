// The microphone: records a voice note into a file that `files.js` holds.

import { hold } from "./files.js";

const BEAT = 200;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg"];

let now; // the recording under way: {recorder, stream, sound, beat, chunks, lasted, ended}
let turn = 0;

function stop() {
  clearInterval(now?.beat);
  now?.sound.close();
  for (const track of now?.stream.getTracks() ?? []) track.stop();
  now = undefined;
}

export const voice = ({ failure, emit }) => ({
  async record() {
    const mine = ++turn;
    stop();
    const { mediaDevices } = navigator;
    if (!mediaDevices || !window.MediaRecorder) throw failure("NotFoundError");
    const stream = await mediaDevices.getUserMedia({ audio: true }).catch(({ name }) => {
      throw failure(name);
    });
    const sound = new AudioContext();
    now = { stream, sound, chunks: [], lasted: 0 };
    if (mine !== turn) return stop();
    try {
      now.recorder = new MediaRecorder(stream, { mimeType: TYPES.find((type) => MediaRecorder.isTypeSupported(type)) });
    } catch (error) {
      stop();
      throw error;
    }
    const { recorder } = now;
    const meter = sound.createAnalyser();
    sound.createMediaStreamSource(stream).connect(meter);
    const wave = new Uint8Array(meter.fftSize);
    const { chunks } = now;
    // A microphone that is pulled out ends it too.
    now.ended = new Promise((over) => (recorder.onstop = over));
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    now.beat = setInterval(() => {
      if (recorder.state !== "recording") return;
      now.lasted += BEAT;
      meter.getByteTimeDomainData(wave);
      const level = Math.max(...wave.map((value) => Math.abs(value - 128)));
      emit({ event: "level", seconds: Math.floor(now.lasted / 1000), level: Math.min(100, Math.round((level / 128) * 150)) });
    }, BEAT);
    recorder.start();
  },

  pause({ paused }) {
    now?.recorder[paused ? "pause" : "resume"]();
  },

  async endRecording({ keep }) {
    turn++;
    if (!now) {
      if (keep) throw failure("NOT_RECORDED");
      return;
    }
    const { recorder, chunks, lasted, ended } = now;
    if (recorder.state !== "inactive") recorder.stop();
    await ended;
    stop();
    if (!keep) return;
    const type = recorder.mimeType.split(";")[0];
    const file = new File(chunks, "voice." + type.split("/")[1], { type });
    return hold(file, { seconds: Math.max(1, Math.round(lasted / 1000)), voice: true });
  },
});
