// `make bench`, the browser's half: the kit as people get it (dist/xishi.html,
// from disk) beside what else they could take, in the same Chromium, in turn.
// Prints medians and ratios; absolute times say something of this machine only.
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

/** The kit on files: milliseconds from the choice until `done` holds in the page, and the tab's peak. */
async function kit(files, done) {
  const page = await open(chromium, `${FILE}#/exports`);
  try {
    await page.wait(`!!document.querySelector('input[name=exports]')`);
    await page.eval((done) => {
      const ready = new Function(`return ${done}`);
      window.took = new Promise((resolve) => {
        document.addEventListener('change', () => {
          const from = performance.now();
          const look = () => (ready() ? resolve(performance.now() - from) : setTimeout(look, 4));
          look();
        }, { capture: true, once: true });
      });
    }, done);
    // A person takes longer to choose a file; the peers too are let start first.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const peak = memory(page);
    await page.setFiles('input[name=exports]', files);
    const ms = await page.eval('window.took');
    return { ms, mib: await peak() };
  } finally {
    await page.close();
  }
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
const DIGESTED = `document.body.textContent.includes('SHA-256 ')`;

/** The kit and its peers in turn, so that whatever else runs disturbs all alike. */
async function race(title, files, done, peers, limits) {
  const ours = [];
  const theirs = new Map(peers.map((name) => [name, []]));
  let mib = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const run = await kit(files, done);
    ours.push(run.ms);
    mib = Math.max(mib, run.mib);
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
    await page.channels(FOLDER);
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
    const file = inputs.once(path.join(FOLDER, 'noise.bin'), (to) => inputs.noise(to, GIB));
    await race('Four digests of 1 GiB', [file], DIGESTED,
      ['hash-wasm SHA-256', 'hash-wasm SM3', 'hash-wasm, four digests'], 'asked: ≤ 1.6 × the slowest alone');
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
