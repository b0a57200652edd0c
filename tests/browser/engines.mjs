// The engines that the kit must start in. Run by itself (`node engines.mjs`)
// it fetches the old ones, pinned by digest, into .tools/engines.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';

export const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const FOLDER = path.join(ROOT, '.tools/engines');

// Real builds of old Chromium, as npm packages carry them for servers.
const OLD = {
  80: {
    from: 'chrome-aws-lambda@2.1.1',
    sha256: '21d358980a9f1c2f829965057f4d93873d709ab86ac0982e520cfbe8b7cbb519',
  },
  92: {
    from: 'chrome-aws-lambda@10.1.0',
    sha256: 'd42691165cb67ac96b90e8dc7b0e07f6a065abac08b76370915ccfe41f859b97',
  },
  109: {
    from: '@sparticuz/chromium@109.0.6',
    sha256: 'a47ba3615bb98d97e25379af98cf01cef555b24ff2684c4852f63e546d95c11a',
  },
};

const onPath = (...names) =>
  names.flatMap((name) => process.env.PATH.split(':').map((folder) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));

/** Every engine: `{ name, driver, binary }`, `binary` being undefined where it is not there. */
export const engines = [
  ...Object.keys(OLD).map((major) => {
    const file = path.join(FOLDER, major, 'chromium');
    return { name: `chromium-${major}`, driver: chromium, binary: fs.existsSync(file) ? file : undefined };
  }),
  { name: 'chromium', driver: chromium, binary: onPath('chromium') },
  { name: 'firefox', driver: firefox, binary: onPath('firefox-esr', 'firefox') },
];

/** The engine of that name. */
export const engine = (name) => engines.find((each) => each.name === name);

/**
 * Starts an engine with an empty profile and opens an address in it.
 * `before`: a function that runs in the page before its own scripts.
 * `dark`: the system's preference. `names`: host names that mean this machine.
 */
export async function open({ driver, binary, name }, url, options = {}) {
  if (!binary) throw new Error(`${name} is not installed`);
  const page = await driver.launch(binary, options);
  page.home = url;
  try {
    if (options.before) await page.before(options.before);
    await page.goto(url);
    return page;
  } catch (error) {
    await page.close();
    throw error;
  }
}

async function fetchOld(major) {
  const { from, sha256 } = OLD[major];
  const folder = path.join(FOLDER, major);
  const file = path.join(folder, 'chromium');
  if (fs.existsSync(file)) return;
  console.log(`fetching Chromium ${major}`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-engine-'));
  try {
    execFileSync('npm', ['pack', '--silent', from], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
    const pack = fs.readdirSync(scratch).find((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['xzf', pack], { cwd: scratch });
    const bin = path.join(scratch, 'package/bin');
    const packed = fs.readdirSync(bin).find((name) => /^chromium.*\.br$/.test(name));
    fs.mkdirSync(folder, { recursive: true });
    const partial = `${file}.partial`;
    await pipeline(
      fs.createReadStream(path.join(bin, packed)),
      zlib.createBrotliDecompress(),
      fs.createWriteStream(partial, { mode: 0o755 }),
    );
    const hash = createHash('sha256');
    await pipeline(fs.createReadStream(partial), hash);
    if (hash.digest('hex') !== sha256) throw new Error(`${from} is not what it was`);
    fs.renameSync(partial, file);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

if (process.argv[1]?.endsWith('engines.mjs')) {
  for (const major of Object.keys(OLD)) {
    try {
      await fetchOld(major);
    } catch (error) {
      console.error(`Chromium ${major} cannot be fetched (${error.message}); its tests will be skipped`);
    }
  }
}
