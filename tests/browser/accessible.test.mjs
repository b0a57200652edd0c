// axe finds nothing to object to on any route: in light and in dark, with more
// contrast, and in elder mode.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { each, FILE } from './each.mjs';
import { ROOT } from './engines.mjs';
import { file } from './steps.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// One dossier that has something to show everywhere.
const read = (name) => JSON.parse(fs.readFileSync(path.join(ROOT, 'tests/views', name), 'utf8'));
const dossier = file('全.json', JSON.stringify({ ...read('internet-cafe.json'), plan: read('floor-plan.json').plan }));
const list = file('清单.csv', '通道,开始时间,结束时间\r\n1,2026-10-01 00:00:00,2026-10-02 00:00:00\r\n');
const ROUTES = ['overview', 'site', 'cameras', 'duties', 'deadlines', 'exposure', 'exports', 'report', 'papers',
  'papers/filing-form', 'papers/sign', 'law', 'help', 'cameras/plan', 'deadlines/compare'];

/** What axe objects to on the page as it stands. */
const objections = (page) => page.eval(async () => {
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
});

const MODES = {
  light: {}, dark: { dark: true }, 'more contrast': { contrast: true }, 'more contrast, dark': { dark: true, contrast: true },
  elder: { elder: true }, 'elder, dark': { elder: true, dark: true },
};

for (const [mode, { elder, ...media }] of Object.entries(MODES)) {
  each(`accessible, ${mode}`, async (open) => {
    const page = await open(`${FILE}#/overview`, media);
    await page.waitFor('#main h1');
    await page.eval(`${axe}; undefined`);
    if (elder) await page.click('text=长者模式');
    assert.deepEqual(await objections(page), [], 'an empty dossier');
    // With answers, cameras, a floor plan, notices, fines and a list on the pages.
    await page.setFiles('input[name="dossier"]', [dossier]);
    await page.waitFor('.banner');
    await page.eval(() => { location.hash = '#/exports'; });
    await page.waitFor('.drop');
    await page.setFiles('input[name="exports"]', [list]);
    await page.waitFor('output[name="retention.verdict"]');
    for (const route of ROUTES) {
      await page.eval((route) => { location.hash = `#/${route}`; }, route);
      // Two frames: the router answers an event, the page paints after it.
      await page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.eval(() => { for (const more of document.querySelectorAll('details.more')) more.open = true; });
      await page.eval(() => { for (const term of document.querySelectorAll('.term-word')) term.click(); });
      assert.deepEqual(await objections(page), [], route);
    }
    await page.type('#finder', 'ba');
    await page.waitFor('.found a');
    assert.deepEqual(await objections(page), [], 'what was found');
  }, (name) => name === 'chromium');
}
