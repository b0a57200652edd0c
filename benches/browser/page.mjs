// How the page itself feels: the first question, an answer, a thousand channels.
// The peer is a page without any program: empty, or a plain table of the same size.
import fs from 'node:fs';
import path from 'node:path';
import { FILE } from '../../tests/browser/each.mjs';
import { engine, open, ROOT } from '../../tests/browser/engines.mjs';
import { go } from '../../tests/browser/steps.mjs';

const chromium = engine('chromium');
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const line = (what, ms, rest) => console.log(`  ${what.padEnd(34)} ${ms.toFixed(ms < 10 ? 2 : 0).padStart(7)} ms   ${rest}`);

/** Opens a page, calls `work` with it, and closes it. */
async function inPage(url, before, work) {
  const page = await open(chromium, url, { before });
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}

/** Milliseconds until something can be answered, from disk. */
export async function start(rounds) {
  const watch = () => {
    const shown = () => !document.getElementById('xishi-skeleton') && document.querySelector('h1, #xishi input');
    new MutationObserver((_, observer) => {
      if (!shown()) return;
      observer.disconnect();
      requestAnimationFrame(() => { globalThis.there = performance.now(); });
    }).observe(document, { childList: true, subtree: true });
  };
  const empty = `data:text/html,${encodeURIComponent('<!doctype html><title>-</title><h1>-</h1>')}`;
  const [ours, bare] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [url, times] of [[FILE, ours], [empty, bare]]) {
      times.push(await inPage(url, watch, (page) => page.wait('globalThis.there')));
    }
  }
  console.log('\nUntil the first question can be answered');
  line('xishi', median(ours), 'asked: ≤ 700 ms');
  line('an empty page', median(bare), '');
}

/** A judgement after an answer, on the page's own time line. */
export async function answer() {
  const times = await inPage(`${FILE}#/site`, undefined, async (page) => {
    await page.waitFor('#place-search');
    await page.setFiles('input[name="dossier"]', [path.join(ROOT, 'tests/views/internet-cafe.json')]);
    await page.waitFor('.banner');
    await go(page, 'duties');
    await page.waitFor('input[name^="answers."]');
    return page.eval(async () => {
      const times = [];
      new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries()) if (name === 'xishi:assess') times.push(duration);
      }).observe({ entryTypes: ['measure'] });
      const names = [...new Set([...document.querySelectorAll('input[name^="answers."]')].map((input) => input.name))];
      for (let round = 0; round < 120; round++) {
        const value = ['met', 'breached', 'unknown'][Math.floor(round / names.length) % 3];
        document.querySelector(`input[name="${names[round % names.length]}"][value="${value}"]`)?.click();
        await new Promise((done) => requestAnimationFrame(done));
      }
      await new Promise((done) => setTimeout(done, 200));
      return times;
    });
  });
  console.log(`\nJudged again after an answer (${times.length} answers)`);
  line('xishi, median', median(times), 'asked: < 2 ms');
}

/** A recorder's list: every day of every channel but its last hour. */
function list(to, channels, days) {
  const first = Date.parse('2025-10-19T00:00:00Z');
  const names = Array.from({ length: days }, (_, day) => new Date(first + day * 864e5).toISOString().slice(0, 10));
  const rows = ['通道,开始时间,结束时间'];
  for (let channel = 1; channel <= channels; channel++) {
    for (const day of names) rows.push(`${channel},${day} 00:00:00,${day} 23:00:00`);
  }
  fs.writeFileSync(to, rows.join('\n'));
}

/** The longest task and the longest page change with a thousand channels over 400 days. */
export async function channels(folder, rounds) {
  const file = path.join(folder, 'channels.csv');
  list(file, 1000, 400);
  const each = [];
  for (let round = 0; round < rounds; round++) each.push(await oneOfChannels(file));
  const of = (name) => median(each.map((round) => round[name]));
  console.log('\nA thousand channels over 400 days: the longest task (0: none above 50 ms)');
  for (const what of ['reading and judging', 'scrolling and pointing', 'turning to other pages and back']) {
    line(what, of(what), 'asked: ≤ 50 ms');
  }
  line('longest page change', of('change'), 'asked: < 100 ms');
  line('a plain table of 1,000 rows', of('table'), `${(of('table') / of('change')).toFixed(2)} × ours`);
}

const oneOfChannels = (file) => {
  const watch = () => {
    globalThis.tasks = [];
    new PerformanceObserver((seen) => {
      for (const task of seen.getEntries()) globalThis.tasks.push(task.duration);
    }).observe({ type: 'longtask' });
  };
  return inPage(`${FILE}#/exports`, watch, async (page) => {
    const found = {};
    await page.waitFor('text=选择文件');
    await page.set('input[name="on"]', '2026-11-23');
    const longest = async (what) => {
      await page.eval(() => new Promise((done) => setTimeout(done, 500)));
      found[what] = await page.eval(() => Math.max(0, ...globalThis.tasks.splice(0)));
    };
    await page.eval(() => globalThis.tasks.splice(0));
    await page.setFiles('input[name="exports"]', [file]);
    await page.wait(() => document.querySelector('.heat')?.dataset.channels === '1000');
    await page.wait(() => !document.querySelector('progress'));
    await longest('reading and judging');
    await page.eval(async () => {
      const view = document.querySelector('.heat');
      for (let step = 0; step < 60; step++) {
        view.scrollTop = (step * 977) % view.scrollHeight;
        view.scrollLeft = (step * 331) % view.scrollWidth;
        const box = view.getBoundingClientRect();
        const at = { clientX: box.left + 200 + step, clientY: box.top + 60 + step };
        view.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, ...at }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      }
    });
    await longest('scrolling and pointing');
    const turns = [];
    for (const route of ['report', 'duties', 'exports', 'papers', 'report', 'exports']) {
      turns.push(await page.eval(async (route) => {
        const began = performance.now();
        location.hash = `#/${route}`;
        await new Promise((done) => addEventListener('hashchange', done, { once: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - began;
      }, route));
    }
    found.change = Math.max(...turns);
    await longest('turning to other pages and back');
    found.table = await page.eval(() => {
      const began = performance.now();
      const place = document.createElement('div');
      const row = `<tr>${'<td>2026-11-23</td>'.repeat(8)}</tr>`;
      place.innerHTML = `<table>${row.repeat(1000)}</table>`;
      document.body.append(place);
      place.getBoundingClientRect();
      const took = performance.now() - began;
      place.remove();
      return took;
    });
    return found;
  });
};
