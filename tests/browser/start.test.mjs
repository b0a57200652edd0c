// The kit starts, in every engine, from a file and from a plain server; its
// workers do; nothing leaves; and where it cannot start the checklist shows.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { calm, each, FILE, site } from './each.mjs';
import { ROOT } from './engines.mjs';

const MOUNTED = `!document.getElementById('xishi-skeleton') && !!document.querySelector('#xishi h1')`;
const fallbackShows = () => document.getElementById('xishi-fallback').getClientRects().length > 0;

/** A worker started by the boot script answers, although told before it was ready. */
const worker = () =>
  new Promise((resolve, reject) => {
    const worker = globalThis.xishi.spawn();
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ read: [] });
  });

each('starts from a file', async (open) => {
  const page = await open();
  await page.wait(MOUNTED);
  assert.equal(await page.eval('xishi.standalone'), true);
  assert.equal(await page.eval(fallbackShows), false);
  calm(page);
});

each('starts from a folder with spaces and Chinese in its name', async (open) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), '锡视 自查 #1 '));
  const file = path.join(folder, '锡视自查 100%.html');
  fs.copyFileSync(path.join(ROOT, 'dist/xishi.html'), file);
  try {
    const page = await open(pathToFileURL(file).href);
    await page.wait(MOUNTED);
    calm(page);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}, (name) => ['chromium-80', 'chromium', 'firefox'].includes(name));

const address = await site();
each('starts from a server without https', async (open) => {
  const page = await open(address);
  await page.wait(MOUNTED);
  assert.equal(await page.eval('xishi.standalone'), false);
  assert.equal(await page.eval('isSecureContext'), false);
  await page.eval(worker);
  calm(page);
});

each('a worker starts and answers', async (open) => {
  const page = await open();
  await page.wait(MOUNTED);
  assert.ok(await page.eval(worker));
  calm(page);
});

let heard = 0;
const outside = http.createServer((_, response) => response.end(String(++heard)));
await new Promise((done) => outside.listen(0, '127.0.0.1', done));
after(() => outside.close());
const target = `http://127.0.0.1:${outside.address().port}/`;

each('the policy keeps everything inside', async (open) => {
  const page = await open();
  await page.wait(MOUNTED);
  const tries = await page.eval(async (target) => {
    const load = (tag, attribute) =>
      new Promise((done) => {
        const element = document.createElement(tag);
        element.onload = () => done('loaded');
        element.onerror = () => done('refused');
        element[attribute] = target;
        document.body.append(element);
      });
    const script = document.createElement('script');
    script.textContent = 'globalThis.smuggled = true';
    document.head.append(script);
    // A blob worker takes over the page's policy.
    const inWorker = new Promise((done) => {
      const code = `fetch('${target}').then(() => postMessage('loaded'), () => postMessage('refused'))`;
      const worker = new Worker(URL.createObjectURL(new Blob([code])));
      worker.onmessage = (event) => done(event.data);
    });
    return {
      fetch: await fetch(target).then(() => 'loaded', () => 'refused'),
      worker: await inWorker,
      image: await load('img', 'src'),
      script: await load('script', 'src'),
      inline: globalThis.smuggled ? 'ran' : 'refused',
    };
  }, target);
  assert.deepEqual(tries, {
    fetch: 'refused', worker: 'refused', image: 'refused', script: 'refused', inline: 'refused',
  });
  assert.equal(heard, 0);
  page.requests.length = 0; // what was tried here, on purpose
});

each('new engines get no eval', async (open) => {
  const page = await open();
  await page.wait(MOUNTED);
  // In a task of the page's own: what a driver evaluates may use eval.
  await page.eval(() => {
    setTimeout(() => {
      try {
        globalThis.evaluated = String(new Function('return 1')());
      } catch (error) {
        globalThis.evaluated = error.name;
      }
    });
  });
  assert.equal(await page.wait('globalThis.evaluated'), 'EvalError');
}, (name) => ['chromium-109', 'chromium', 'firefox'].includes(name));

each('without WebAssembly the checklist shows', async (open) => {
  const page = await open(FILE, { before: () => { delete globalThis.WebAssembly; } });
  await page.wait(fallbackShows);
  assert.match(await page.eval('document.body.innerText'), /799号令第14条/);
});

each('a wasm that does not compile is explained above the checklist', async (open) => {
  const page = await open(FILE, {
    before: () => { WebAssembly.compile = async () => { throw new Error('坏了'); }; },
  });
  await page.wait(fallbackShows);
  const text = await page.eval('document.body.innerText');
  assert.match(text, /没能启动[^]*坏了[^]*168号令/);
});

each('a panic after the start is said above the page, which stays', async (open) => {
  const page = await open();
  await page.wait(MOUNTED);
  await page.eval(() => {
    dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));
  });
  assert.match(await page.text('#xishi-reason'), /内部出错/);
  assert.equal(await page.eval(fallbackShows), false);
  assert.ok(await page.eval(MOUNTED));
}, (name) => ['chromium-80', 'chromium'].includes(name));

each('starts where the browser blocks storage, and says that nothing is kept', async (open) => {
  const page = await open(`${FILE}#/site`, {
    before: () => {
      const get = () => { throw new DOMException('blocked', 'SecurityError'); };
      for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get });
    },
  });
  await page.wait(MOUNTED);
  await page.click('.tile input');
  await page.click('text=留在这台电脑');
  await page.wait(() => /保存/.test((document.querySelector('.banner.bad') || {}).textContent));
  await page.set('select[name="lang"]', 'en');
  await page.wait(() => document.documentElement.lang === 'en');
  calm(page);
});

each('without scripts the checklist shows', async (open) => {
  // As in a browser that reads no script at all: the file without them.
  const html = fs.readFileSync(path.join(ROOT, 'dist/xishi.html'), 'utf8');
  const file = path.join(os.tmpdir(), `xishi-no-script-${process.pid}.html`);
  fs.writeFileSync(file, html.replace(/<script[^]*?<\/script>/g, ''));
  try {
    const page = await open(pathToFileURL(file).href);
    await page.wait(fallbackShows);
  } finally {
    fs.rmSync(file);
  }
}, (name) => name === 'chromium');

each('the fallback to inflate in JavaScript gives the same page', async (open) => {
  const page = await open(FILE, { before: () => { delete globalThis.DecompressionStream; } });
  await page.wait(MOUNTED);
  calm(page);
}, (name) => ['chromium-80', 'firefox'].includes(name));

test('the file is at most 1.5 MB', (t) => {
  const { size } = fs.statSync(path.join(ROOT, 'dist/xishi.html'));
  t.diagnostic(`${size} bytes`);
  assert.ok(size <= 1_500_000, `${size} bytes`);
});
