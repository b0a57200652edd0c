// Two days, two dossiers, and what would be if answers were others.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { calm, each, FILE } from './each.mjs';
import { ROOT } from './engines.mjs';
import { choose, file, go, on, result } from './steps.mjs';

const CAFE = path.join(ROOT, 'tests/views/internet-cafe.json');
const different = (page) => result(page, 'comparison.obligations');
const rows = (page) => page.text('.compared');

each('two dossiers are compared on days of choice', async (open) => {
  const page = await open(`${FILE}#/site`);
  await page.waitFor('#place-search');
  await page.setFiles('input[name="dossier"]', [CAFE]);
  await page.waitFor('.banner');
  await on(page, '2026-11-23');
  await page.eval(() => { location.hash = '#/deadlines/compare'; });
  await page.waitFor('.compared');
  assert.equal(await different(page), 0);

  // Before the regulation was in force.
  await page.set('input[name="compare.before.on"]', '2025-03-31');
  await page.wait(() => /2025-03-31/.test(document.querySelector('.compared thead').textContent));
  assert.ok((await different(page)) > 0);
  await page.set('input[name="compare.before.on"]', '2026-11-23');

  // Another file.
  await choose(page, 'compare.against', 'other');
  const other = JSON.parse(fs.readFileSync(CAFE, 'utf8'));
  other.answers.archived = 'met';
  other.system.retention_days = 30;
  await page.setFiles('input[name="compare-dossier"]', [file('整改后.json', JSON.stringify(other))]);
  await page.wait(() => /整改后\.json/.test(document.querySelector('.compared thead')?.textContent));
  assert.equal(await different(page), 2);
  assert.match(await rows(page), /录像留存期限/);
  await page.setFiles('input[name="compare-dossier"]', [file('坏.json', '{')]);
  await page.wait(() => /坏\.json.*没有打开/.test(document.querySelector('.banner.bad')?.textContent));

  // What if it were filed: the dossier itself stays.
  await choose(page, 'compare.against', 'if');
  await page.set('[name="if.system.filed_on"]', '2026-11-20');
  await page.wait(() => Number(document.querySelector('output[name="comparison.obligations"]')?.dataset.value) > 0);
  assert.match(await rows(page), /备案/);
  await page.viewport(390, 844);
  assert.ok(await page.eval(() => document.documentElement.scrollWidth) <= 390);
  await go(page, 'deadlines');
  assert.equal(await page.eval(() => document.querySelector('[name="system.filed_on"]').value), '');
  calm(page);
});
