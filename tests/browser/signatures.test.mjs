// Signed recordings: what is proven, what is not, and the list to hand over.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { each, FILE } from './each.mjs';
import { ROOT } from './engines.mjs';
import { inspected } from './steps.mjs';

const SAMPLES = path.join(ROOT, '../shared/samples/onvif_media_signing');
const signed = path.join(SAMPLES, 'test_signed_h264.mp4');
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-signatures-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));

each('a signed recording, an altered one, and a root', async (open, t, { name }) => {
  if (!fs.existsSync(signed)) return t.skip('no samples');
  const altered = path.join(folder, '改动.mp4');
  const bytes = fs.readFileSync(signed);
  bytes[120_000] ^= 1;
  fs.writeFileSync(altered, bytes);
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await page.setFiles('input[name="exports"]', [signed, altered]);
  await page.waitFor('#signatures');
  await inspected(page);
  const badges = () => page.eval(() => [...document.querySelectorAll('[aria-labelledby="signatures"] .badge')].map((each) => each.textContent.trim()));
  assert.match((await badges()).join(), /来源未证实.*签名不符/);

  // Files with a signature are held against the certificate once more. The
  // clock of this camera was never set.
  await page.setFiles('input[name="roots"]', [path.join(SAMPLES, 'ca.pem')]);
  await page.wait(() => /签名时间不明/.test(document.querySelector('[aria-labelledby="signatures"] .badge')?.textContent));
  await inspected(page);
  assert.match((await badges()).join(), /签名时间不明.*签名不符/);

  const list = await page.eval(() => document.querySelector('.evidence-table').textContent);
  for (const file of [signed, altered]) {
    for (const kind of ['sha256', 'sha1', 'md5']) {
      const digest = createHash(kind).update(fs.readFileSync(file)).digest('hex');
      assert.ok(list.includes(digest), `${kind} of ${file}`);
    }
  }
  if (name === 'chromium') {
    await page.eval(`${axe}; undefined`);
    const objections = await page.eval(async () => {
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
    });
    assert.deepEqual(objections, []);
  }
  assert.deepEqual(page.errors, []);
});
