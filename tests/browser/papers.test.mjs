// Papers: looked at, handed out as files, and the receipt of a report checked
// from a paste and from a picture.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { calm, each, FILE } from './each.mjs';
import { ROOT } from './engines.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-papers-'));
after(() => fs.rmSync(folder, { recursive: true }));

const go = (page, hash) => page.eval((hash) => { location.hash = hash; }, hash);

async function filled(open) {
  const page = await open(`${FILE}#/site`);
  await page.waitFor('#main h1');
  await page.setFiles('input[name="dossier"]', [path.join(ROOT, 'tests/views/internet-cafe.json')]);
  await page.waitFor('.banner');
  await page.set('input[name="on"]', '2026-11-23');
  return page;
}

each('papers are shown and handed out', async (open) => {
  const page = await filled(open);
  await go(page, '#/papers');
  await page.waitFor('.papers');
  assert.equal(await page.eval(() => document.querySelectorAll('.papers section').length), 8);

  // What the page hands to the browser to save.
  await page.eval(() => {
    window.handed = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { window.handed.push(blob); return make.call(URL, blob); };
  });
  await page.eval(() => document.querySelectorAll('.papers button').forEach((button) => button.click()));
  const files = await page.eval(async () => {
    const first = async (blob) => [...new Uint8Array(await new Response(blob).arrayBuffer()).slice(0, 4)];
    return Promise.all(window.handed.map(async (blob) => [blob.type, await first(blob)]));
  });
  assert.equal(files.length, 9);
  for (const [type, bytes] of files) {
    const start = type === 'text/calendar' ? 'BEGI' : 'PK\u0003\u0004';
    assert.equal(String.fromCharCode(...bytes), start, type);
  }

  for (const [paper, words] of [['filing-form', '参考表样'], ['rectification', '发现3项不符合'], ['sign', '视频监控区域']]) {
    await go(page, `#/papers/${paper}`);
    await page.wait((words) => document.querySelector('.sheet')?.textContent.includes(words), words);
  }
  calm(page);
});

each('a sign prints on two pages, and a receipt on one of its own', async (open, t, { name }) => {
  const page = await filled(open);
  const printed = async (hash, words) => {
    await go(page, hash);
    await page.wait((words) => document.querySelector('.sheet')?.textContent.includes(words), words);
    const file = path.join(folder, `${name}.pdf`);
    await page.pdf(file);
    const pages = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
    return pages.map((text) => text.replace(/\s/g, ''));
  };
  const signs = await printed('#/papers/sign', '视频监控区域');
  // Nor is there an empty one behind them, or behind a paper of one page.
  assert.equal(signs.length, 2);
  assert.equal((await printed('#/papers/camera-table', '一览表')).length, 1);
  // Firefox writes some of the letters by others that look alike.
  if (name === 'firefox') return;
  assert.deepEqual(signs.map((text) => text.split('您已进入').length - 1), [1, 2]);
  const report = await printed('#/report', '程序版本');
  const [receipt] = report.filter((text) => text.includes('程序版本'));
  assert.match(receipt, /^附件回执.*XISHI:1\/.*就能核对。/);
  calm(page);
}, (engine) => engine === 'chromium' || engine === 'firefox');

each('no signature stands alone on its page', async (open, t, { name }) => {
  const page = await filled(open);
  await go(page, '#/report');
  await page.waitFor('.sheet .sign');
  // The text ends so near to the foot of the page that the signature does not fit below.
  await page.eval(() => {
    const last = [...document.querySelectorAll('.sheet .note')].find((note) => note.textContent.startsWith('结果供自查'));
    const title = document.querySelector('.sheet h1');
    const before = (each) => !each.contains(last) && each.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING;
    [...document.querySelectorAll('.sheet > *')].filter(before).forEach((each) => { each.hidden = each !== title; });
    title.textContent = '';
    title.style.paddingTop = '590pt';
  });
  const file = path.join(folder, `${name}-signature.pdf`);
  await page.pdf(file);
  const pages = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).split('\f');
  // Firefox writes some of the letters by others that look alike.
  const [blank, signed] = pages.map((text) => text.normalize('NFKC').replace(/\s/g, ''));
  assert.match(signed, /^结果供自.*负责人/);
  assert.doesNotMatch(blank, /结果供自/);
  calm(page);
}, (engine) => engine === 'chromium' || engine === 'firefox');

each('a receipt is checked from a paste and from a picture', async (open, t, { name }) => {
  const page = await filled(open);
  await go(page, '#/report');
  await page.waitFor('svg[aria-label="回执二维码"]');
  const line = await page.eval(() => /XISHI:1\/\S+?\/C:[0-9A-F]{8}/.exec(document.querySelector('.sheet').textContent)[0]);
  const says = (words) => page.wait((words) => document.querySelector('[role="status"]')?.textContent.includes(words), words);

  await page.set('#receipt', line.replace(/(.{30})/g, '$1\n'));
  await says('完全一致');
  await page.set('#receipt', line.slice(0, -1) + (line.endsWith('0') ? '1' : '0'));
  await says('抄错');
  const png = await page.eval(async () => {
    const svg = document.querySelector('svg[aria-label="回执二维码"]').cloneNode(true);
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    svg.setAttribute('width', 500);
    svg.setAttribute('height', 500);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(svg.outerHTML)}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 700;
    const context = canvas.getContext('2d');
    context.fillStyle = '#ccc';
    context.fillRect(0, 0, 700, 700);
    context.translate(350, 350);
    context.rotate(0.2);
    context.fillStyle = '#fff';
    context.fillRect(-250, -250, 500, 500);
    context.drawImage(image, -250, -250, 500, 500);
    return canvas.toDataURL();
  });
  const photo = path.join(folder, `${name}.png`);
  fs.writeFileSync(photo, Buffer.from(png.split(',')[1], 'base64'));
  await page.set('#receipt', '');
  await page.setFiles('input[name="receipt-picture"]', [photo]);
  await page.wait((line) => document.querySelector('#receipt').value === line, line);
  await says('完全一致');
  await page.set('input[name="on"]', '2026-11-24');
  await says('判断日期不同');

  const nothing = path.join(folder, `${name}-nothing.png`);
  fs.writeFileSync(nothing, Buffer.from('not a picture'));
  await page.setFiles('input[name="receipt-picture"]', [nothing]);
  await says('没有认出二维码');
  calm(page);
});
