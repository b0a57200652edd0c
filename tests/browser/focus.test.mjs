// Whatever takes away, hides or disables what was pressed, the focus stays
// somewhere sensible: who works by keyboard or hears the page goes on from there.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { file, go, inspected } from './steps.mjs';

const CAMERAS = [1, 2, 3].map((id) => ({ id: String(id), name: `CH0${id}`, location: '大堂' }));
const dossier = (more) => file('档案.json', JSON.stringify({ xishi: 1, site: { place: 'internet-cafe' }, ...more }));
const list = (name, head = '通道,开始时间,结束时间') =>
  file(name, `${head}\r\n1,2026-11-01 00:00:00,2026-11-22 00:00:00\r\n2,2026-11-01 00:00:00,2026-11-22 00:00:00\r\n`);

/** Presses a button of this text, as the keyboard does, and waits until the page is at rest: what has the focus. */
const press = (page, text, within = 'body') => page.eval(async (text, within) => {
  const shown = [...document.querySelectorAll(`${within} button, ${within} a, ${within} label`)].filter((each) => each.getClientRects().length);
  const found = shown.find((each) => each.textContent.includes(text));
  if (!found) throw new Error(`no ${text}`);
  const pressed = found.querySelector('input') || found;
  pressed.focus();
  pressed.click();
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let frames = 0; frames < 4; frames++) await frame();
  const now = document.activeElement;
  const at = now.getClientRects().length ? now : document.body;
  return [at.tagName, at.getAttribute('aria-label') || at.name || at.textContent].join(' ').trim().slice(0, 60);
}, text, within);

each('the focus stays where something can be done', async (open) => {
  const page = await open(`${FILE}#/overview`);
  await page.viewport(1280, 800);
  await page.waitFor('#main h1');
  const after = async (expected, ...what) => assert.match(await press(page, ...what), expected, what.join(' in '));

  // The example, and the message that it was closed.
  await after(/^(H1|BUTTON)/, '先看一个示例');
  await after(/^H1/, '关闭示例');
  await after(/^H1/, '知道了');

  // Cameras: the next one, the one before, the button to add one.
  await page.setFiles('input[name="dossier"]', [dossier({ cameras: CAMERAS })]);
  await page.waitFor('text=已打开“档案.json”');
  await after(/^H1/, '知道了');
  await go(page, 'cameras');
  await after(/删除第 1 个/, '删除', 'tbody tr:nth-child(1)');
  await after(/删除第 1 个/, '删除', 'tbody tr:nth-child(2)');
  await after(/添加一个/, '删除', 'tbody');
  // What can be undone no more keeps the focus, and does nothing.
  for (let times = 0; times < 5; times++) await after(/^BUTTON 撤销/, '撤销', '.bar');
  for (let times = 0; times < 5; times++) await after(/^BUTTON 重做/, '重做', '.bar');
  await after(/^INPUT cameras\[0\]|^BUTTON 添加一个/, '添加一个');

  // Where the work is kept, and that it is forgotten.
  await after(/^H1/, '不留，我自己保存文件');
  await after(/^BUTTON 清空重来|^H1/, '清空重来');
  await go(page, 'site');
  await after(/^SUMMARY 换一个场所/, '酒吧', '.group');
  await after(/system\.built/, '是', '.question.next .choices');

  // Orders to correct.
  await go(page, 'deadlines');
  await page.set('#notice-add', 'signs');
  await page.waitFor('.rows .danger');
  await after(/^SELECT/, '删除', '.rows');

  // The floor plan's size, and another language.
  await page.eval(() => { location.hash = '#/cameras/plan'; });
  await page.waitFor('.board');
  for (let times = 0; times < 5; times++) await after(/^BUTTON 放大/, '放大');
  await page.eval(() => document.querySelector('.bar [name="lang"]').focus());
  await page.set('.bar [name="lang"]', 'en');
  await page.wait(() => document.documentElement.lang === 'en');
  assert.equal(await page.eval(() => document.activeElement.name), 'lang');
  await page.set('.bar [name="lang"]', 'zh-CN');
  await after(/^BUTTON 标准字号/, '长者模式', '.bar');
  await after(/^BUTTON 长者模式/, '标准字号', '.bar');

  // What was found leads away from itself, also to the page that is open.
  await page.type('#finder', '平面图');
  await page.waitFor('.found a');
  await after(/^H1/, '平面图', '.found');
  calm(page);
});

each('the focus stays among files that were read', async (open) => {
  const page = await open(`${FILE}#/exports`);
  await page.waitFor('.drop');
  await page.set('input[name="on"]', '2026-11-23');
  // A list of unknown headings is explained by keyboard alone.
  await page.setFiles('input[name="exports"]', [list('生词.csv', '甲,乙,丙')]);
  await inspected(page);
  for (const [column, downs] of [[1, 1], [2, 3], [3, 4]]) {
    await page.eval((column) => document.querySelector(`[aria-label="第 ${column} 列是什么"]`).focus(), column);
    for (let times = 0; times < downs; times++) await page.press('ArrowDown');
  }
  const after = async (expected, ...what) => assert.match(await press(page, ...what), expected, what.join(' in '));
  await page.waitFor('.mapping .primary[aria-disabled="false"]');
  await after(/^BUTTON 核对过了/, '按这样读这份清单', '.mapping');
  await page.waitFor('.playback');
  await inspected(page);
  assert.notEqual(await page.eval(() => document.activeElement.tagName), 'BODY');
  await after(/^SUMMARY 这份清单按您说的/, '核对过了', '.mapping');
  await inspected(page);
  assert.notEqual(await page.eval(() => document.activeElement.tagName), 'BODY');
  await page.waitFor('.playback');
  await after(/^BUTTON/, '通道 1 ×', '.playback');
  for (let times = 0; times < 3; times++) await after(/^BUTTON 全部/, '全部', '.playback');
  await after(/^(H1|INPUT|A|SUMMARY|BUTTON)/, '清除这些文件');
  calm(page);
});

each('on a phone the focus follows to the page that was chosen', async (open) => {
  const page = await open(`${FILE}#/site`);
  await page.viewport(390, 844);
  await page.click('.side > .handle');
  await page.waitFor('.steps a');
  assert.match(await press(page, '法条', '.steps'), /^H1/);
  calm(page);
});

each('places are gone through by arrows', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  await page.eval(() => document.querySelector('input[name="site.place"]').focus());
  const names = await page.eval(() => [...document.querySelectorAll('input[name="site.place"]')].map((each) => each.value));
  for (const name of names.slice(1, 4)) {
    await page.press('ArrowDown');
    await page.wait((name) => document.activeElement.value === name && document.activeElement.checked, name);
  }
  await page.press(' ');
  await page.wait(() => document.activeElement.textContent === '换一个场所');
  calm(page);
}, (name) => name.startsWith('chromium'));
