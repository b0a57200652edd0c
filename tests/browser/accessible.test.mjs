// axe finds nothing to object to on any route, in light and in dark.
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
const ROUTES = ['overview', 'site', 'cameras', 'duties', 'deadlines', 'exposure', 'exports', 'report', 'papers', 'papers/filing-form', 'papers/sign', 'law', 'cameras/plan', 'deadlines/compare'];

for (const dark of [false, true]) {
  each(`accessible, ${dark ? 'dark' : 'light'}`, async (open) => {
    const page = await open(`${FILE}#/site`, { dark });
    await page.waitFor('#main h1');
    await page.eval(`${axe}; undefined`);
    // With answers, cameras, a floor plan, notices and fines on the pages.
    await page.setFiles('input[name="dossier"]', [dossier]);
    await page.waitFor('.banner');
    for (const route of ROUTES) {
      await page.eval((route) => { location.hash = `#/${route}`; }, route);
      // Two frames: the router answers an event, the page paints after it.
      await page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.eval(() => { for (const more of document.querySelectorAll('details.more')) more.open = true; });
      const objections = await page.eval(async () => {
        const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
      });
      assert.deepEqual(objections, [], route);
    }
  }, (name) => name === 'chromium');
}
