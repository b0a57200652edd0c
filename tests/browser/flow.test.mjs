// The whole way, as users go it: from the first question to the report, and
// from a recorder's export to a verdict, from a file on disk, in every engine.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { calm, each, FILE } from './each.mjs';
import { choose, file, go, on, result, save, until } from './steps.mjs';

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
  // Tables below the window are laid out when they come into view, and have no rendered text before.
  for (const words of ['自查报告', '男卫生间', '2026-12-01', '应当建设']) {
    await page.wait((words) => document.querySelector('.sheet').textContent.includes(words), words);
  }
  calm(page);
});

each('a duty that other pages decide says which, and what is fine is a line to open', async (open) => {
  const page = await open(`${FILE}#/overview`);
  await page.click('text=先看一个示例');
  await page.waitFor('.banner.example');
  await go(page, 'duties');
  await page.viewport(390, 844);
  await page.waitFor('#duty-no-forbidden-camera');
  const top = await page.eval(() => document.querySelector('li[id] .choice').getBoundingClientRect().top);
  assert.ok(top < 844, `on a phone the first choice is at ${top}`);

  // No empty choices, but the page that decided; an answer against it stays in sight.
  const unfolded = (selector) => page.eval((selector) => document.querySelector(selector).closest('details').open, selector);
  assert.equal(await page.eval(() => document.querySelector('#duty-no-forbidden-camera a').getAttribute('href')), '#/cameras');
  assert.equal(await unfolded('[name="answers.no-forbidden-camera"]'), false);
  await choose(page, 'answers.no-forbidden-camera', 'met');
  await page.wait(() => /以事实为准/.test(document.querySelector('#duty-no-forbidden-camera').textContent));
  assert.equal(await result(page, 'obligations[2].status'), 'breached');
  assert.equal(await unfolded('[name="answers.no-forbidden-camera"]'), true);

  // What was fine and is no more opens, and does not fold under one's hands.
  assert.equal(await unfolded('#duty-positions'), false);
  await choose(page, 'answers.positions', 'breached');
  await page.wait(() => document.querySelector('#duty-positions').closest('details').open);
  await choose(page, 'answers.positions', 'met');
  await until(page, 'obligations[16].status', 'met');
  assert.equal(await unfolded('#duty-positions'), true);

  // Paper has everything, and the screen is as before.
  const folded = () => page.eval(() => document.querySelectorAll('.fine > details:not([open])').length);
  const before = await folded();
  assert.ok(before > 5, `${before} folded`);
  await page.eval(() => { dispatchEvent(new Event('beforeprint')); });
  assert.equal(await folded(), 0);
  await page.eval(() => { dispatchEvent(new Event('afterprint')); });
  assert.equal(await folded(), before);

  // One that is led to a line finds it open.
  await page.eval(() => { location.hash = '#/duties/maintained'; });
  await page.wait(() => document.activeElement.closest('#duty-maintained') && document.querySelector('.fine > details[open] #duty-maintained'));
  calm(page);
});

each('from a recorder export to a verdict', async (open, t, { name }) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await on(page, '2026-11-23');
  const good = file('清单.csv', list({ channels: ['1', '2'], from: '2026-10-20', days: 34 }));
  await page.setFiles('input[name="exports"]', [good]);
  await until(page, 'retention.verdict', 'kept');
  await page.wait(() => /SHA-256[0-9a-f]{64}/.test(document.body.textContent));
  assert.equal(await page.eval(() => document.querySelector('.heat').dataset.channels), '2');

  // A hole of a day on one channel, headings in GBK: the worst decides.
  const holes = list({ channels: ['3'], from: '2026-10-20', days: 34, without: (_, hour) => hour >= 240 && hour < 264 });
  const [, ...rows] = holes.replace(/,[^,\r]*\r/g, '\r').split('\r\n');
  const headings = Buffer.from('cda8b5c02cbfaacabccab1bce42cbde1caf8cab1bce40d0a', 'hex'); // 通道,开始时间,结束时间
  await page.setFiles('input[name="exports"]', [file('缺一天.csv', Buffer.concat([headings, Buffer.from(rows.join('\r\n'))]))]);
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
  const dossier = { xishi: 1, site: { name: '锡惠网吧', place: 'internet-cafe' }, later: { kept: true } };
  await page.setFiles('input[name="dossier"]', [file('档案.json', JSON.stringify(dossier))]);
  await until(page, 'duty.verdict', 'must-build');
  await page.setFiles('input[name="dossier"]', [file('新版.json', JSON.stringify({ ...dossier, xishi: 9 }))]);
  await page.wait(() => /新版\.json.*另一个版本/.test(document.querySelector('.banner.bad')?.textContent));
  for (const [name, content] of [['网页.json', '<html>'], ['别的.json', '{"name": 1}']]) {
    await page.setFiles('input[name="dossier"]', [file(name, content)]);
    await page.wait((name) => document.querySelector('.banner.bad').textContent.includes(name), name);
    assert.doesNotMatch(await page.text('.banner.bad'), /xishi|对象|有效的/);
  }
  await page.setFiles('input[name="dossier"]', [file('坏日期.json', JSON.stringify({ ...dossier, system: { filed_on: '2026-13-01' } }))]);
  await page.wait(() => /坏日期\.json.*system\.filed_on/.test(document.querySelector('.banner.bad')?.textContent));
  assert.equal(await result(page, 'duty.verdict'), 'must-build');

  // What is saved is what was opened, fields of others included.
  const saved = JSON.parse(await save(page));
  assert.deepEqual(saved.later, dossier.later);
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
  await page.wait(() => localStorage.length > 0);
  await page.goto('about:blank');
  await page.goto(FILE);
  await until(page, 'duty.verdict', 'must-build');
  await page.click('text=清除本机记录');
  await page.wait(() => localStorage.length === 0);
  calm(page);
});

each('leaving with unsaved work asks first, and only then', async (open) => {
  const asks = () => {
    const event = new Event('beforeunload', { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  const page = await open();
  await page.waitFor('#place-search');
  assert.equal(await page.eval(asks), false);
  await choose(page, 'site.place', 'bar');
  await until(page, 'duty.verdict', 'must-build');
  await page.wait(asks);
  await page.click('text=撤销');
  await page.wait(() => document.querySelector('output[name="duty.verdict"]').dataset.value === '"unknown"');
  calm(page);
});

each('files can be dropped', async (open) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('.drop');
  await page.eval((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], '拖入.csv'));
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, list({ channels: ['1'], from: '2026-10-20', days: 34 }));
  await page.wait(() => /拖入\.csv/.test(document.body.textContent) && document.querySelector('.heat canvas'));
  calm(page);
});

const onlyNow = (name) => name === 'chromium';

each('a list of 100 MB with one bad line is used, and the line told', async (open, t) => {
  const rows = ['通道,开始时间,结束时间,文件名'];
  const start = Date.parse('2026-10-01T00:00:00Z');
  const time = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  for (let i = 0; i < 900_000; i++) {
    const from = start + Math.floor(i / 64) * 300e3;
    rows.push(i === 777_777 ? '1,不是日期,,' : `${(i % 64) + 1},${time(from)},${time(from + 300e3)},/mnt/dvr/2026/000/${i}_main_stream_of_the_recorder_copied_out.dav`);
  }
  const big = file('大清单.csv', rows.join('\r\n'));
  assert.ok(fs.statSync(big).size > 90e6);
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  const began = Date.now();
  await page.setFiles('input[name="exports"]', [big]);
  await page.wait(() => document.querySelector('output[name="retention.verdict"]'));
  t.diagnostic(`verdict after ${Date.now() - began} ms`);
  await page.wait(() => /777779/.test(document.body.textContent));
  assert.equal(await page.eval(() => document.querySelector('.heat').dataset.channels), '64');
  calm(page);
}, onlyNow);

each('a file of 3 GB is read by slices and can be stopped', async (open) => {
  const large = file('大文件.mp4', '');
  fs.truncateSync(large, 3 * 2 ** 30);
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('text=选择文件');
  await page.setFiles('input[name="exports"]', [large]);
  await page.wait(() => Number(document.querySelector('progress')?.value) > 0.01);
  await page.click('text=停止');
  await page.wait(() => !document.querySelector('progress'));
  assert.match(await page.eval(() => document.body.innerText), /大文件\.mp4/);
  calm(page);
}, onlyNow);

each('a table of thousands of cameras is added, judged and paged', async (open) => {
  const names = ['大厅', '女卫生间', '客房走廊', '公共卫生服务中心', '男更衣室'];
  const rows = Array.from({ length: 3000 }, (_, i) => `${i + 1},${names[i % names.length]}${i + 1},${i % 9}楼`);
  const page = await open(`${FILE}#/cameras`);
  await page.wait(() => document.querySelector('input[name="camera-table"]'));
  await page.setFiles('input[name="camera-table"]', [file('摄像头表.csv', `通道,名称,位置\n${rows.join('\n')}\n`)]);
  await page.waitFor('text=从“摄像头表.csv”加入了 3000 个摄像头');
  await page.waitFor('text=3000 个摄像头：1200 个在禁止安装的部位');
  assert.equal(await page.eval(() => document.querySelectorAll('#main tbody tr').length), 50);
  await page.click('text=禁止安装（1200）');
  await page.waitFor('text=第 1 页，共 24 页');
  // Once more: nothing is there twice.
  await page.setFiles('input[name="camera-table"]', [file('摄像头表.csv', `通道,名称,位置\n${rows.join('\n')}\n`)]);
  await page.waitFor('text=加入了 0 个摄像头');
  await page.setFiles('input[name="camera-table"]', [file('别的.txt', '今天天气很好')]);
  await page.waitFor('text=没有认出摄像头');
  calm(page);
}, (name) => name !== 'chromium-92');
