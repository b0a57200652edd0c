// The pictures of an export and the questions beside them: by keyboard, as
// tables, and with answers that stay.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { calm, each, FILE } from './each.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-pictures-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const file = (name, lines) => {
  const at = path.join(folder, name);
  fs.writeFileSync(at, lines.join('\n'));
  return at;
};

const dates = (days) => Array.from({ length: days }, (_, day) => new Date(Date.parse('2026-11-22T00:00:00Z') - (days - 1 - day) * 864e5).toISOString().slice(0, 10));

const opened = async (open, ...files) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await page.set('input[name="on"]', '2026-11-23');
  await page.setFiles('input[name="exports"]', files);
  await page.wait(() => document.querySelector('output[name="retention.verdict"]') && !document.querySelector('progress'));
  return page;
};

const until = (page, name, value) =>
  page.wait((name, value) => document.querySelector(`output[name="${name}"]`)?.dataset.value === value, name, JSON.stringify(value));

const key = (page, selector, ...keys) =>
  page.eval(async (selector, keys) => {
    for (const key of keys) {
      const element = document.querySelector(selector);
      element.focus();
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
  }, selector, keys);

// Channel 1 is whole but for one second, channel 2 is young.
const LIST = file('清单.csv', ['通道,开始时间,结束时间',
  ...dates(31).flatMap((day) => [`1,${day} 00:00:00,${day} 11:59:58`, `1,${day} 12:00:00,${day} 23:59:59`]),
  ...dates(10).map((day) => `2,${day} 00:00:00,${day} 23:59:59`)]);
const LOG = file('日志.csv', ['时间,日志类型,日志内容', '2026-11-05 03:12:00,异常,硬盘错误']);

each('from a square of the picture to a second of the time line, by keyboard', async (open) => {
  const page = await opened(open, LIST, LOG);
  await key(page, '.heat', 'ArrowLeft', 'ArrowLeft');
  await page.wait(() => /通道 1，2026-11-21：录了/.test(document.querySelector('.heat-read [role=status]').textContent));
  await key(page, '.heat', 'Enter');
  const shown = () => document.querySelector('.playback [role=status]').textContent;
  await page.wait(() => /2026-11-21 00:00:00 至 2026-11-22 00:00:00/.test(document.querySelector('.playback [role=status]').textContent));
  await key(page, '.reel', ...Array(13).fill('+'));
  assert.match(await page.eval(shown), /2026-11-21 11:59:5\d 至 2026-11-21 12:00:1\d/);
  // The same as a table: the second that is missing.
  await page.eval(() => { document.querySelector('.playback details').open = true; });
  await page.wait(() => /没有录像2026-11-21 11:59:582026-11-21 12:00:002 秒/.test(document.querySelector('.playback table')?.textContent));
  await key(page, '.reel', 'Home', '-');
  await page.set('.go input', '2026-11-05T03:12:00');
  await page.wait(() => /日志：硬盘故障/.test(document.querySelector('.playback table').textContent));
  calm(page);
});

each('what could change a verdict is asked, and the answer is saved', async (open) => {
  const page = await opened(open, LIST);
  await until(page, 'channels[1].verdict', 'short');
  await page.set('input[name="exports.channel_since.2"]', '2026-11-13');
  await until(page, 'channels[1].verdict', 'not-yet-assessable');
  await page.set('input[name="exports.expected_channels"]', 'CH01、3');
  await until(page, 'channels[2].verdict', 'short');
  await page.eval(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text && blob.text().then((text) => { globalThis.saved = text; }); return create.call(URL, blob); };
  });
  await page.click('text=保存档案');
  const saved = JSON.parse(await page.wait(() => globalThis.saved));
  assert.deepEqual(saved.exports, { channel_since: { 2: '2026-11-13' }, expected_channels: ['1', '3'] });
  calm(page);
});

each('a list that is not understood is read as its user says, and so is the next', async (open) => {
  const rows = (days) => ['Kamera;Tag;Uhr;Minuten', ...days.map((day) => `K1;${day.split('-').reverse().join('.')};00:00;1440`)];
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await page.set('input[name="on"]', '2026-11-23');
  await page.setFiles('input[name="exports"]', [file('fremd.csv', rows(dates(31)))]);
  await page.waitFor('.mapping');
  const choose = (label, value) => page.eval((label, value) => {
    const select = document.querySelector(`.mapping select[aria-label="${label}"]`) ?? [...document.querySelectorAll('.mapping label')].find((each) => each.textContent.startsWith(label)).querySelector('select');
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    return new Promise((done) => setTimeout(done, 50));
  }, label, value);
  await choose('第 1 列是什么', 'channel');
  await choose('第 2 列是什么', 'start-date');
  await choose('第 3 列是什么', 'time');
  await choose('第 4 列是什么', 'duration');
  await choose('日期的写法', 'dmy');
  await choose('时长的单位', 'minutes');
  await page.wait(() => /第 2 行：通道 K1，2026-10-23 00:00:00 至 2026-10-24 00:00:00/.test(document.querySelector('.mapping').textContent));
  await page.click('text=按这样读这份清单');
  await until(page, 'retention.verdict', 'kept');
  // Another of the same headings needs no telling; too few days are no verdict yet.
  await page.wait(() => !document.querySelector('progress'));
  await page.click('text=清除这些文件');
  await page.setFiles('input[name="exports"]', [file('wieder.csv', rows(dates(9)))]);
  await until(page, 'retention.verdict', 'unknown');
  await page.wait(() => !document.querySelector('progress'));
  await page.eval(() => { document.querySelector('.mapping').open = true; });
  await page.click('text=核对过了，没有对错');
  await until(page, 'retention.verdict', 'short');
  calm(page);
});

for (const dark of [false, true]) {
  each(`results are accessible, ${dark ? 'dark' : 'light'}`, async (open) => {
    const page = await open(`${FILE}#/exports`, { dark });
    await page.waitFor('text=选择文件');
    await page.set('input[name="on"]', '2026-11-23');
    await page.setFiles('input[name="exports"]', [LIST, LOG, file('fremd.csv', ['Kamera;Tag', 'K1;heute', 'K2;gestern'])]);
    await page.wait(() => document.querySelector('.mapping') && document.querySelector('.heat') && !document.querySelector('progress'));
    await page.eval(`${axe}; for (const each of document.querySelectorAll('main details')) each.open = true; undefined`);
    await page.eval(() => new Promise((done) => setTimeout(done, 200)));
    const objections = await page.eval(async () => {
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
    });
    assert.deepEqual(objections, []);
  }, (name) => name === 'chromium');
}
