// A thousand channels over four hundred days: what stands in the page, and what
// is drawn for a look at it, does not grow with them. (How long things take is
// measured by `make bench`.)
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { file } from './steps.mjs';

const CHANNELS = 1000;
const DAYS = 400;

/** A recorder's list: every day of every channel but its last hour. */
function list() {
  const rows = ['通道,开始时间,结束时间'];
  const first = Date.parse('2025-10-19T00:00:00Z');
  const days = Array.from({ length: DAYS }, (_, day) => new Date(first + day * 864e5).toISOString().slice(0, 10));
  for (let channel = 1; channel <= CHANNELS; channel++) {
    for (const day of days) rows.push(`${channel},${day} 00:00:00,${day} 23:00:00`);
  }
  return rows.join('\n');
}

/** Counts what is drawn on canvases. */
const count = () => {
  globalThis.drawn = 0;
  for (const name of ['fillRect', 'fillText', 'stroke']) {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      globalThis.drawn++;
      return own.apply(this, args);
    };
  }
};

each('a thousand channels over four hundred days stay small in the page', async (open, t) => {
  const page = await open(`${FILE}#/exports`, { before: count });
  await page.waitFor('text=选择文件');
  await page.set('input[name="on"]', '2026-11-23');
  await page.setFiles('input[name="exports"]', [file('千路.csv', list())]);
  await page.wait(() => document.querySelector('.heat')?.dataset.channels === '1000');
  await page.wait(() => !document.querySelector('progress'));
  assert.equal(await page.eval(() => document.querySelector('.heat').dataset.days), '401');
  const elements = async (what) => {
    const size = await page.eval(() => document.querySelectorAll('*').length);
    t.diagnostic(`${what}: ${size} elements`);
    assert.ok(size < 4000, `${what}: ${size} elements`);
  };
  await elements('the result');

  // Scrolling and pointing draw what is in view, and that once.
  const most = await page.eval(async () => {
    const view = document.querySelector('.heat');
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    await frame();
    let most = 0;
    for (let step = 0; step < 30; step++) {
      globalThis.drawn = 0;
      view.scrollTop = (step * 977) % view.scrollHeight;
      view.scrollLeft = (step * 331) % view.scrollWidth;
      const box = view.getBoundingClientRect();
      const at = { clientX: box.left + 200 + step, clientY: box.top + 60 + step };
      view.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, ...at }));
      await frame();
      most = Math.max(most, globalThis.drawn);
    }
    return most;
  });
  t.diagnostic(`${most} drawings for a look`);
  assert.ok(most > 0 && most < 20_000, `${most} drawings for a look`);

  await page.eval(() => document.querySelector('.heat').focus());
  for (const key of ['End', 'ArrowDown', 'PageDown', 'ArrowLeft', 'Home']) {
    await page.eval((key) => {
      document.querySelector('.heat').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }, key);
  }
  await page.wait(() => /通道 12，2025-10-19：录了 23 小时/.test(document.querySelector('.heat-read').textContent));

  await page.eval(() => { location.hash = '#/report'; });
  // The rows of long tables come in turns; the last of them come too.
  await page.wait(() => document.querySelectorAll('.sheet td svg').length >= 200);
  await elements('the report');
  calm(page);
}, (name) => name === 'chromium' || name === 'chromium-80');
