// The whole way, as users go it: from the first question to the report, and
// from a recorder's export to a verdict, from a file on disk, in every engine.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { calm, each, FILE } from './each.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-flow-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Writes a file and gives its path. */
const file = (name, content) => {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
};

/** What an `output` of the page holds. */
const result = (page, name) =>
  page.eval((name) => {
    const output = document.querySelector(`output[name="${name}"]`);
    return output ? JSON.parse(output.dataset.value) : undefined;
  }, name);

const until = (page, name, value) =>
  page.wait((name, value) => {
    const output = document.querySelector(`output[name="${name}"]`);
    return !!output && output.dataset.value === value;
  }, name, JSON.stringify(value));

const go = async (page, route) => {
  await page.eval((route) => { location.hash = `#/${route}`; }, route);
  await page.wait((route) => document.querySelector('nav [aria-current]').getAttribute('href') === `#/${route}`, route);
};

/** Chooses one of a group of radio buttons, as a click does. */
const choose = async (page, name, value) => {
  const selector = `input[name="${name}"][value="${value}"]`;
  await page.wait((selector) => !!document.querySelector(selector), selector);
  await page.eval((selector) => document.querySelector(selector).click(), selector);
};

/** The page judges as on this day, whatever today is. */
const on = async (page, day) => {
  await page.set('input[name="on"]', day);
  await page.wait((day) => document.querySelector('input[name="on"]').value === day, day);
};

/** A continuous recording list: one row an hour and channel. */
function list({ channels, from, days, without = () => false }) {
  const rows = ['通道,开始时间,结束时间,文件名'];
  const time = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  for (const channel of channels) {
    for (let hour = 0; hour < days * 24; hour++) {
      const start = Date.parse(`${from}T00:00:00Z`) + hour * 3600e3;
      if (without(channel, hour)) continue;
      rows.push(`${channel},${time(start)},${time(start + 3600e3)},${channel}-${hour}.mp4`);
    }
  }
  return `${rows.join('\r\n')}\r\n`;
}

each('from the first question to the report', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  await on(page, '2026-11-23');

  // The place, by an everyday word.
  await page.type('#place-search', '网吧');
  await page.wait(() => document.querySelectorAll('input[name="site.place"]').length < 20);
  await choose(page, 'site.place', 'internet-cafe');
  await until(page, 'duty.verdict', 'must-build');
  assert.equal(await result(page, 'duty.must_file'), true);
  await choose(page, 'site.individual', 'false');
  await choose(page, 'system.built', 'true');
  await page.set('[name="system.in_use_since"]', '2026-11-01');
  await page.set('[name="system.retention_days"]', '30');

  // Each result names its article, and the article opens as text.
  await page.eval(() => document.querySelector('.verdict .cite summary').click());
  await page.wait(() => /互联网上网服务/.test(document.querySelector('.verdict .cite blockquote')?.textContent));

  await go(page, 'cameras');
  await page.set('#camera-paste', 'CH01,大堂收银台\nCH02,男卫生间\nCH03');
  await page.click('text=添加 3 个到清单');
  await page.wait(() => document.querySelectorAll('output[name^="cameras["]').length === 3);
  assert.equal(await result(page, 'cameras[0].verdict'), 'allowed');
  assert.equal(await result(page, 'cameras[1].verdict'), 'forbidden');
  assert.equal(await result(page, 'cameras[2].verdict'), 'check');

  await go(page, 'duties');
  await choose(page, 'answers.signs', 'breached');
  await page.wait(() => document.querySelectorAll('output[data-value=\'"breached"\']').length >= 2);

  await go(page, 'deadlines');
  await until(page, 'deadlines[0].due', '2026-12-01');
  assert.equal(await result(page, 'deadlines[0].days_left'), 8);

  await go(page, 'exposure');
  assert.deepEqual(await result(page, 'exposure.now.unit'), [10000, 20000]);

  await go(page, 'report');
  const report = await page.text('.paper');
  for (const words of ['自查报告', '男卫生间', '2026-12-01', '应当建设']) assert.ok(report.includes(words), words);
  calm(page);
});

each('from a recorder export to a verdict', async (open, t, { name }) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await on(page, '2026-11-23');
  const good = file('清单.csv', list({ channels: ['1', '2'], from: '2026-10-20', days: 34 }));
  await page.setFiles('input[name="exports"]', [good]);
  await until(page, 'retention.verdict', 'kept');
  await page.wait(() => /SHA-256 [0-9a-f]{64}/.test(document.body.textContent));
  assert.equal(await page.eval(() => document.querySelectorAll('.heat svg g').length), 2);

  // A hole of a day on one channel, in GBK and in another order: the worst decides.
  const holes = list({ channels: ['3'], from: '2026-10-20', days: 34, without: (_, hour) => hour >= 240 && hour < 264 });
  await page.setFiles('input[name="exports"]', [file('缺一天.csv', holes)]);
  await until(page, 'retention.verdict', 'gaps');
  calm(page);
  if (name === 'chromium') t.diagnostic(await page.text('.sums'));
});

each('bad files are told by name and break nothing', async (open) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const random = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197 + 31) % 251));
  await page.setFiles('input[name="exports"]', [
    file('空.mp4', ''),
    file('图片.mp4', png),
    file('全零.mp4', Buffer.alloc(1 << 20)),
    file('乱码.dav', random),
    file('<img src=x onerror=alert(1)>.csv', 'a,b\n1,2\n'),
  ]);
  await page.wait(() => [...document.querySelectorAll('.rows li')].filter((row) => row.querySelector('.badge')).length >= 5
    && !document.querySelector('progress'));
  const text = await page.eval(() => document.body.innerText);
  for (const name of ['空.mp4', '图片.mp4', '全零.mp4', '乱码.dav', '<img src=x']) assert.ok(text.includes(name), name);
  assert.notEqual(await result(page, 'integrity.verdict'), 'sound');
  assert.equal(await page.eval(() => document.querySelectorAll('main img').length), 0);
  calm(page);
});

each('a dossier is saved, opened, and refused where it is broken', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  const dossier = { xishi: 1, site: { name: '锡惠网吧', place: 'internet-cafe' }, plan: { kept: true } };
  await page.setFiles('input[name="dossier"]', [file('档案.json', JSON.stringify(dossier))]);
  await until(page, 'duty.verdict', 'must-build');
  await page.setFiles('input[name="dossier"]', [file('新版.json', JSON.stringify({ ...dossier, xishi: 9 }))]);
  await page.wait(() => /新版\.json.*xishi/.test(document.querySelector('.banner.bad')?.textContent));
  await page.setFiles('input[name="dossier"]', [file('坏日期.json', JSON.stringify({ ...dossier, system: { filed_on: '2026-13-01' } }))]);
  await page.wait(() => /坏日期\.json.*system\.filed_on/.test(document.querySelector('.banner.bad')?.textContent));
  assert.equal(await result(page, 'duty.verdict'), 'must-build');

  // What is saved is what was opened, fields of others included.
  await page.eval(() => {
    globalThis.saved = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text && blob.text().then((text) => globalThis.saved.push(text)); return create.call(URL, blob); };
  });
  await page.click('text=保存档案');
  const saved = JSON.parse(await page.wait(() => globalThis.saved[0]));
  assert.deepEqual(saved.plan, dossier.plan);
  assert.equal(saved.site.name, '锡惠网吧');
  calm(page);
});

each('work is kept on this computer only where that was chosen', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  await choose(page, 'site.place', 'bar');
  await page.waitFor('text=留在这台电脑');
  assert.equal(await page.eval(() => localStorage.length), 0);
  await page.click('text=留在这台电脑');
  await page.wait(() => localStorage.length === 1);
  await page.goto('about:blank');
  await page.goto(FILE);
  await until(page, 'duty.verdict', 'must-build');
  await page.click('text=清除本机记录');
  await page.wait(() => localStorage.length === 0);
  calm(page);
});
