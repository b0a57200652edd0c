// What users could take instead, each as its own documentation shows it.
// Bundled by bench.mjs into a page; every function takes a File.
import { createMD5, createSHA1, createSHA256, createSM3 } from 'hash-wasm';
import mediaInfoFactory from 'mediainfo.js';
import mediaInfoWasm from 'mediainfo.js/MediaInfoModule.wasm';
import { createFile } from 'mp4box';
import Papa from 'papaparse';

const SLICE = 4 * 1024 * 1024;

/** Until the tracks are known. */
async function mp4box(file) {
  const parsed = createFile();
  let info;
  parsed.onReady = (ready) => (info = ready);
  for (let at = 0; !info && at < file.size; ) {
    const slice = await file.slice(at, at + SLICE).arrayBuffer();
    slice.fileStart = at;
    at = parsed.appendBuffer(slice);
  }
  return info.tracks[0].nb_samples;
}

const wasm = URL.createObjectURL(new Blob([mediaInfoWasm], { type: 'application/wasm' }));
const mediaInfo = mediaInfoFactory({ format: 'object', locateFile: () => wasm });

/** The report on general data and tracks. */
async function mediainfo(file) {
  const read = async (size, at) => new Uint8Array(await file.slice(at, at + size).arrayBuffer());
  const { media } = await (await mediaInfo).analyzeData(() => file.size, read);
  return Number(media.track[1].FrameCount);
}

/** Rows split into fields, and thrown away. */
const papaparse = (file) =>
  new Promise((resolve, reject) => {
    let rows = 0;
    Papa.parse(file, {
      chunk: (results) => (rows += results.data.length),
      complete: () => resolve(rows),
      error: reject,
    });
  });

const hash = (...makers) => async (file) => {
  const hashers = await Promise.all(makers.map((make) => make()));
  for (let at = 0; at < file.size; at += SLICE) {
    const slice = new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer());
    for (const hasher of hashers) hasher.update(slice);
  }
  return hashers.map((hasher) => hasher.digest());
};

const peers = {
  mp4box,
  mediainfo,
  papaparse,
  'hash-wasm SHA-256': hash(createSHA256),
  'hash-wasm SM3': hash(createSM3),
  'hash-wasm, four digests': hash(createSHA256, createSM3, createSHA1, createMD5),
};

/** Runs a peer on the file that was put into the field; milliseconds and result. */
window.run = async (name) => {
  await mediaInfo;
  const [file] = document.querySelector('input').files;
  const from = performance.now();
  const result = await peers[name](file);
  return { ms: performance.now() - from, result };
};
window.ready = mediaInfo.then(() => true);
