// `make bench`, the browser's half: the kit as people get it (dist/xishi.html,
// from disk) beside what else they could take, in the same Chromium, in turn.
// Prints times and ratios; absolute times say something of this machine only.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { serve } from '../../xtask/serve.mjs';
import { FILE } from '../../tests/browser/each.mjs';
import { engine, open, ROOT } from '../../tests/browser/engines.mjs';
import * as inputs from './inputs.mjs';
import * as page from './page.mjs';

const FOLDER = path.join(ROOT, 'target/bench');
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const GIB = 1024 ** 3;
/** Bytes of the file whose digests are taken. */
const SIZE = Number(process.env.SIZE ?? GIB);

const bundle = path.join(FOLDER, 'peers');
fs.mkdirSync(bundle, { recursive: true });
execFileSync('node', [path.join(ROOT, 'node_modules/esbuild/bin/esbuild'), 'peers.js', '--bundle', '--format=iife',
  '--loader:.wasm=binary', '--external:module', '--log-level=error', `--outfile=${path.join(bundle, 'peers.js')}`],
{ cwd: import.meta.dirname, stdio: 'inherit' });
fs.writeFileSync(path.join(bundle, 'index.html'),
  '<!doctype html><meta charset="utf-8"><input type="file"><script src="peers.js"></script>');
const { server, port } = await serve(bundle);

const chromium = engine('chromium');

/** A peer on one file. */
async function peer(name, file) {
  const page = await open(chromium, `http://127.0.0.1:${port}/`);
  try {
    await page.wait('window.ready');
    await page.setFiles('input', [file]);
    return (await page.eval((peer) => window.run(peer), name)).ms;
  } finally {
    await page.close();
  }
}

/** All of Chromium on one core. */
const onOneCore = () => {
  const binary = path.join(FOLDER, 'one-core.sh');
  fs.writeFileSync(binary, `#!/bin/sh\nexec taskset -c 0 '${chromium.binary}' "$@"\n`, { mode: 0o755 });
  return { ...chromium, binary };
};

/** Has the page believe that the machine has so many cores: it starts a worker for each. */
const pretend = (cores) => cores && { before: `Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => ${cores} })` };

/**
 * The kit on files: milliseconds from the choice until `done` holds in the page. `cores`: as if the machine
 * had so many. `watched`: with the tab's peak, the watching of which takes time from the page.
 */
async function kit(files, done, { browser = chromium, cores, watched } = {}) {
  const page = await open(browser, `${FILE}#/exports`, pretend(cores));
  try {
    await page.wait(`!!document.querySelector('input[name=exports]')`);
    await page.eval((done) => {
      const ready = new Function(`return ${done}`);
      window.took = new Promise((resolve) => {
        document.addEventListener('change', () => {
          const from = performance.now();
          const watch = new MutationObserver(() => ready() && resolve(performance.now() - from));
          watch.observe(document, { childList: true, subtree: true, attributes: true });
        }, { capture: true, once: true });
      });
    }, done);
    // A person takes longer to choose a file; the peers too are let start first.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const peak = watched && memory(page);
    await page.setFiles('input[name=exports]', files);
    const ms = await page.eval('window.took');
    return { ms, mib: await peak?.() };
  } finally {
    await page.close();
  }
}

/**
 * A digest of one file, or all, in one of the page's own workers, asked as the page asks it: milliseconds.
 * The worker has started before, as the peers have.
 */
async function alone(file, algorithm) {
  const page = await open(chromium, FILE);
  try {
    await page.wait('globalThis.xishi && !document.getElementById("xishi-skeleton")');
    await page.eval(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'bench';
      document.body.append(input);
    });
    await page.setFiles('#bench', [file]);
    return await page.eval(async (algorithm) => {
      const worker = globalThis.xishi.spawn();
      const done = (task) => new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => (data === 'done' ? resolve() : data.failed && reject(new Error(data.failed.why)));
        worker.postMessage(task);
      });
      await done({ read: [] });
      const from = performance.now();
      const digests = algorithm ? [algorithm] : ['sha256', 'sm3', 'sha1', 'md5'];
      await done({ pass: [{ index: 0, file: document.querySelector('#bench').files[0], stream: null, digests }] });
      return performance.now() - from;
    }, algorithm);
  } finally {
    await page.close();
  }
}

/**
 * Runs that are to be compared, in turn, so that whatever else runs disturbs all alike. Two ratios: of the
 * fastest rounds, for what disturbs only ever adds; and the median round's own. Where others use the same
 * processor the first is unfair to what keeps every core busy: one core has a quiet second sooner than two.
 */
async function inTurn(title, runs) {
  const times = new Map(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(runs)) times.get(name).push(await run());
  }
  console.log(`\n${title}: fastest, median`);
  const fastest = new Map([...times].map(([name, each]) => [name, Math.min(...each)]));
  for (const [name, each] of times) {
    console.log(`  ${name.padEnd(32)} ${fastest.get(name).toFixed(0).padStart(7)} ms ${median(each).toFixed(0).padStart(7)} ms`);
  }
  return (a, b, asked) => {
    const rounds = times.get(a).map((ms, round) => ms / times.get(b)[round]);
    console.log(`  ${a} / ${b}: ${(fastest.get(a) / fastest.get(b)).toFixed(2)}, ${median(rounds).toFixed(2)}   ${asked}`);
  };
}

/** Starts watching the tab's own memory (proportional set size); call the result for the peak in MiB. */
function memory(page) {
  let peak = 0;
  const look = async () => {
    const { processInfo } = await page.socket.send('SystemInfo.getProcessInfo');
    for (const { id } of processInfo.filter(({ type }) => type === 'renderer')) {
      try {
        const pss = fs.readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+) kB/m);
        peak = Math.max(peak, Number(pss?.[1] ?? 0) / 1024);
      } catch {} // it is gone
    }
  };
  const timer = setInterval(() => look().catch(() => {}), 100);
  return async () => {
    clearInterval(timer);
    await look().catch(() => {});
    return peak;
  };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const VERDICT = `document.querySelector('output[name="retention.verdict"]')`;
/** Every byte went through the digests. */
const DIGESTED = `!document.querySelector('progress') && /SHA-256 [0-9a-f]{64}/.test(document.body.textContent)`;

/** The kit and its peers in turn, so that whatever else runs disturbs all alike. */
async function race(title, files, done, peers, limits) {
  const ours = [];
  const theirs = new Map(peers.map((name) => [name, []]));
  let mib = 0;
  for (let round = 0; round < ROUNDS; round++) {
    ours.push((await kit(files, done)).ms);
    mib = Math.max(mib, (await kit(files, done, { watched: true })).mib);
    for (const name of peers) {
      // Minutes a run would teach nothing more.
      const slow = theirs.get(name)[0] > 10_000;
      if (!slow) theirs.get(name).push(await peer(name, files[0]));
    }
  }
  const own = median(ours);
  console.log(`\n${title}`);
  console.log(`  xishi                     ${own.toFixed(0).padStart(7)} ms   tab ${mib.toFixed(0)} MiB   ${limits}`);
  for (const [name, times] of theirs) {
    console.log(`  ${name.padEnd(25)} ${median(times).toFixed(0).padStart(7)} ms   ${(median(times) / own).toFixed(2)} × ours`);
  }
}

const chosen = process.argv.slice(2);
const wanted = (name) => !chosen.length || chosen.includes(name);
try {
  if (wanted('page')) {
    await page.start(ROUNDS);
    await page.answer();
    await page.channels(FOLDER, ROUNDS);
  }
  if (wanted('mp4')) {
    const file = inputs.once(path.join(FOLDER, '4h.mp4'), (to) => inputs.mp4(to, { seconds: 4 * 3600, bytes: 4 * GIB }));
    await race('Structure of a 4 GiB MP4 (four hours, 360,000 pictures)', [file], VERDICT, ['mp4box', 'mediainfo'], 'asked: < 300 ms, 5 × faster');
  }
  if (wanted('list')) {
    const file = inputs.once(path.join(FOLDER, 'list.csv'), (to) => inputs.list(to, 1_000_000));
    await race('Coverage from a list of 1,000,000 rows', [file], VERDICT, ['papaparse'], 'asked: < 1500 ms, faster');
  }
  if (wanted('digest')) {
    const file = inputs.once(path.join(FOLDER, `noise-${SIZE}.bin`), (to) => inputs.noise(to, SIZE));
    const ratio = await inTurn(`Digests of a file of ${SIZE / 2 ** 20} MiB`, {
      'SHA-256': () => alone(file, 'sha256'),
      'the page': async () => (await kit([file], DIGESTED)).ms,
      'SHA-256, twice at once': async () => Math.max(...await Promise.all([alone(file, 'sha256'), alone(file, 'sha256')])),
      'hash-wasm SHA-256': () => peer('hash-wasm SHA-256', file),
      SM3: () => alone(file, 'sm3'),
      'hash-wasm SM3': () => peer('hash-wasm SM3', file),
      'four in one worker': () => alone(file, null),
      'hash-wasm, four digests': () => peer('hash-wasm, four digests', file),
    });
    ratio('hash-wasm SHA-256', 'SHA-256', 'asked: ≥ 1.3');
    ratio('hash-wasm SM3', 'SM3', 'asked: ≥ 1.3');
    for (const alone of ['SHA-256', 'SM3']) {
      ratio('the page', alone, 'asked of the slower alone: the four and structure ≤ 1.6 ×, on two cores and more');
    }
    ratio('SHA-256, twice at once', 'SHA-256', 'as long where a second core is worth as much as the first');
    ratio('the page', 'SHA-256, twice at once', 'whatever that is worth');
    ratio('hash-wasm, four digests', 'the page', '');
  }
  if (wanted('files')) {
    const files = Array.from({ length: 8 }, (_, index) => inputs.once(
      path.join(FOLDER, `noise-${index}-${SIZE / 8}.bin`), (to) => inputs.noise(to, SIZE / 8)));
    const browser = onOneCore();
    const ratio = await inTurn('Eight files, together as large', {
      'one core': async () => (await kit(files, DIGESTED, { browser, cores: 1 })).ms,
      'one worker': async () => (await kit(files, DIGESTED, { cores: 1 })).ms,
      'two workers': async () => (await kit(files, DIGESTED, { cores: 2 })).ms,
      'hash-wasm, one file and another': async () => (await peer('hash-wasm SM3', files[0])) + (await peer('hash-wasm SM3', files[1])),
      'hash-wasm, both at once': async () => Math.max(...await Promise.all(files.slice(0, 2).map((file) => peer('hash-wasm SM3', file)))),
    });
    ratio('one worker', 'two workers', 'asked: ≥ 1.8 on two cores');
    ratio('one core', 'two workers', 'where one worker has not the other core to read for it');
    ratio('hash-wasm, one file and another', 'hash-wasm, both at once', 'what a second core is worth on this machine');
  }
  if (wanted('large')) {
    for (const size of [GIB / 4, 4 * GIB]) {
      const file = inputs.once(path.join(FOLDER, `noise-${size}.bin`), (to) => inputs.noise(to, size));
      const { ms, mib } = await kit([file], DIGESTED, { watched: true });
      console.log(`\n${size / 2 ** 20} MiB on disk: tab ${mib.toFixed(0)} MiB at most, ${ms.toFixed(0)} ms   asked: flat`);
      if (size > GIB) fs.rmSync(file);
    }
  }
  if (wanted('folder')) {
    const files = Array.from({ length: 10_000 }, (_, index) => inputs.once(
      path.join(FOLDER, 'folder', `ch${String((index % 16) + 1).padStart(2, '0')}-${index}.mp4`),
      (to) => inputs.mp4(to, { seconds: 60, bytes: 200_000, start: 1_767_225_600 + Math.floor(index / 16) * 60 })));
    await race('A folder of 10,000 files', files, VERDICT, [], 'asked: < 300 MiB');
  }
} finally {
  server.close();
}
