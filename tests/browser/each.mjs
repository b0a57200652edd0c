// `each(name, body)`: one test per engine; `body` gets an `open` whose pages
// are closed when the test ends, and which fails on anything the page asked
// of the network.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { serve } from '../../xtask/serve.mjs';
import { engines, open, ROOT } from './engines.mjs';

export const FILE = pathToFileURL(path.join(ROOT, 'dist/xishi.html')).href;
/** A host name as on a LAN: plain http there is no secure context. */
export const LAN = 'xishi.lan';

// Where CI=true nothing may be skipped.
const required = process.env.CI === 'true';

export function each(name, body, only = () => true) {
  for (const engine of engines.filter((engine) => only(engine.name))) {
    const skip = !engine.binary && !required && `${engine.name} is not installed`;
    test(`${name}: ${engine.name}`, { skip, timeout: 300_000 }, async (t) => {
      const pages = [];
      const opened = async (url = FILE, options = {}) => {
        const page = await open(engine, url, { names: [LAN], ...options });
        pages.push(page);
        return page;
      };
      try {
        await body(opened, t, engine);
        const local = /^(file:|blob:|data:|about:)/;
        for (const page of pages) {
          const site = new URL(page.home).origin;
          const outside = page.requests.filter((url) => !local.test(url) && new URL(url).origin !== site);
          assert.deepEqual(outside, [], 'something left the page');
        }
      } finally {
        await Promise.all(pages.map((page) => page.close()));
      }
    });
  }
}

/** `dist/site` on a LAN name. */
export async function site() {
  const { server, port } = await serve(path.join(ROOT, 'dist/site'));
  after(() => server.close());
  return `http://${LAN}:${port}/`;
}

/** Fails if the page or its workers complained of anything. */
export const calm = (page) => assert.deepEqual(page.errors, []);
