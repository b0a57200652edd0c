// Pictures to look at: `node tests/browser/shots.mjs [#/route …] [--dark]
// [--elder] [--engine=NAME] [--run=JS]` writes each route at three widths, and
// its print, to target/shots. --run is evaluated first (it may fill the form).
import fs from 'node:fs';
import path from 'node:path';
import { FILE } from './each.mjs';
import { engine, open, ROOT } from './engines.mjs';

const options = process.argv.slice(2).filter((each) => each.startsWith('--'));
const routes = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const option = (name) => options.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const has = (name) => options.includes(`--${name}`);

const folder = path.join(ROOT, 'target/shots');
fs.mkdirSync(folder, { recursive: true });

for (const route of routes.length ? routes : ['#/site']) {
  const page = await open(engine(option('engine') ?? 'chromium'), FILE + route, { dark: has('dark') });
  await page.wait(`!document.getElementById('xishi-skeleton')`);
  if (has('elder')) await page.eval(() => document.documentElement.classList.add('elder'));
  if (option('run')) await page.eval(option('run'));
  const marks = ['dark', 'elder'].filter(has).map((mark) => `-${mark}`).join('');
  const name = path.join(folder, route.replace(/\W+/g, '-').replace(/^-+/, '') + marks);
  for (const width of [390, 1280, 1920]) {
    await page.viewport(width, width === 390 ? 844 : width === 1280 ? 800 : 1080);
    await page.screenshot(`${name}-${width}.png`);
  }
  await page.pdf(`${name}.pdf`);
  console.log(`${name}-{390,1280,1920}.png, ${name}.pdf`, page.errors.join('; '));
  await page.close();
}
