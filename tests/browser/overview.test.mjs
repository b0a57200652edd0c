// The overview, the example, the search and the explanations, as users meet them.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { choose, go, result, until } from './steps.mjs';

each('the example is looked at and left, and what was entered is there again', async (open) => {
  const page = await open(`${FILE}#/site`);
  await page.waitFor('#place-search');
  await choose(page, 'site.place', 'bar');
  await page.click('text=留在这台电脑');
  await page.wait(() => localStorage.length > 0);
  const kept = await page.eval(() => localStorage.getItem('xishi/dossier/1'));

  await go(page, 'help');
  await page.click('text=先看一个示例');
  await page.waitFor('.banner.example');
  await page.waitFor('text=示例网吧');
  assert.equal(await result(page, 'retention.verdict'), 'short');
  // Whatever is changed in it is kept nowhere, and its papers say what they are.
  await go(page, 'site');
  await page.set('[name="site.name"]', '改过的示例');
  await page.eval(() => { location.hash = '#/papers/filing-form'; });
  await page.waitFor('.sheet');
  assert.match(await page.text('.sheet'), /【示例】/);
  assert.equal(await page.eval(() => localStorage.getItem('xishi/dossier/1')), kept);

  await page.click('text=关闭示例，回到我的自查');
  await go(page, 'site');
  await page.wait(() => document.querySelector('.picked b').textContent.includes('酒吧'));
  assert.equal(await page.eval(() => localStorage.getItem('xishi/dossier/1')), kept);
  assert.equal(await page.eval(() => document.querySelectorAll('.banner.example').length), 0);
  calm(page);
});

each('a kept dossier opens at the overview, an empty one at the first question', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  await choose(page, 'site.place', 'bar');
  await page.click('text=留在这台电脑');
  await page.wait(() => localStorage.length > 0);
  await page.goto('about:blank');
  await page.goto(FILE);
  await page.waitFor('.headline');
  assert.equal(await result(page, 'duty.verdict'), 'must-build');
  // A question that is missing leads to its place, ready to be answered.
  await page.click('.asked-first a');
  await page.wait(() => document.activeElement.closest('.question, [id^="duty-"]'));
  calm(page);
});

each('what is looked for is found by pinyin and leads to its place', async (open) => {
  const page = await open(`${FILE}#/duties`);
  await page.waitFor('#finder');
  await page.type('#finder', 'sb');
  await page.waitFor('.found a');
  await page.type('#finder', 'wangluoanquandengji');
  await page.wait(() => document.querySelectorAll('.found a').length >= 1);
  await page.wait(() => /网络安全等级保护/.test(document.querySelector('.found a').textContent));
  await page.type('#finder', '第二十八条');
  await page.wait(() => document.querySelector('.found a')?.getAttribute('href') === '#/law/W168:28');
  await page.click('.found a');
  await page.waitFor('.article.target');
  assert.equal(await page.eval(() => document.querySelectorAll('.found').length), 0);
  assert.equal(await page.eval(() => document.getElementById('finder').value), '');
  // Nothing that is typed becomes markup.
  await page.type('#finder', '<img src=x onerror=alert(1)>');
  await page.waitFor('.found');
  assert.equal(await page.eval(() => document.querySelectorAll('main img').length), 0);
  calm(page);
});

each('who is led to a duty that is not listed sees it', async (open) => {
  const page = await open(`${FILE}#/duties`);
  await page.click('.filters a[href="#/duties/aside"]');
  await page.wait(() => document.querySelector('.filters [aria-current]')?.textContent.startsWith('不涉及'));
  assert.equal(await page.eval(() => document.querySelectorAll('#duty-signs').length), 0);
  await page.type('#finder', '设置明显标志');
  await page.click('.found a[href="#/duties/signs"]');
  await page.wait(() => document.activeElement.closest('#duty-signs'));
  assert.match(await page.text('.filters [aria-current]'), /^涉及的全部/);
  // The same way leads there once more.
  await page.click('.filters a[href="#/duties/aside"]');
  await page.wait(() => !document.querySelector('#duty-signs'));
  await page.type('#finder', '设置明显标志');
  await page.click('.found a[href="#/duties/signs"]');
  await page.wait(() => document.activeElement.closest('#duty-signs'));
  // A part of a list is one of what is listed.
  await page.click('.filters a[href="#/duties/unknown"]');
  await page.click('.contents a[href="#/duties/part-3"]');
  await page.wait(() => location.hash === '#/duties/part-3');
  assert.match(await page.text('.filters [aria-current]'), /^还不清楚/);
  calm(page);
});

each('a note on a duty stands folded with it, and in the report', async (open) => {
  const page = await open(`${FILE}#/duties/signs`);
  // The page moves once more when it has come to the duty.
  await page.wait(() => document.activeElement.closest('#duty-signs'));
  await page.click('#duty-signs .duty-foot > details:last-child > summary');
  await page.set('input[name="duty_notes.signs"]', '门口的牌子已经订做');
  await page.eval(() => { location.hash = '#/report'; });
  await page.wait(() => document.querySelector('.sheet')?.textContent.includes('备注（设置明显标志）：门口的牌子已经订做'));
  await page.eval(() => { location.hash = '#/duties/signs'; });
  await page.wait(() => document.querySelector('#duty-signs details[open] input[name="duty_notes.signs"]')?.value === '门口的牌子已经订做');
  await page.set('input[name="duty_notes.signs"]', '');
  await page.eval(() => { location.hash = '#/report'; });
  await page.wait(() => document.querySelector('.sheet') && !document.querySelector('.sheet').textContent.includes('备注（'));
  calm(page);
});

each('a term is explained where it stands', async (open) => {
  const page = await open(`${FILE}#/deadlines`);
  await page.waitFor('.lede .term-word');
  const state = () => document.querySelector('.lede .term-word').getAttribute('aria-expanded');
  assert.equal(await page.eval(state), 'false');
  await page.click('.lede .term-word');
  await page.waitFor('.lede .term-note');
  assert.equal(await page.eval(state), 'true');
  assert.match(await page.text('.lede .term-note'), /周末和节假日也算/);
  await page.click('.lede .term-note a');
  await page.wait(() => document.activeElement.id === 'term-natural-day');
  calm(page);
});

each('what is decided is read aloud by a voice of this computer only', async (open) => {
  const page = await open(`${FILE}#/site`, {
    before: () => {
      const voice = (name, localService) => ({ name, lang: 'zh-CN', localService });
      globalThis.spoken = [];
      globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
      const synthesis = new EventTarget();
      Object.assign(synthesis, {
        getVoices: () => [voice('remote', false), voice('local', true)],
        speak: (utterance) => globalThis.spoken.push([utterance.voice.name, utterance.text]),
        cancel: () => globalThis.spoken.push('silent'),
      });
      Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
    },
  });
  await page.waitFor('#place-search');
  await choose(page, 'site.place', 'bar');
  await page.click('.verdict .button');
  const [voice, text] = await page.wait(() => globalThis.spoken.find(Array.isArray));
  assert.equal(voice, 'local');
  assert.match(text, /应当建设/);
  await page.click('text=停止朗读');
  await page.wait(() => globalThis.spoken[globalThis.spoken.length - 1] === 'silent');
  calm(page);
}, (name) => name === 'chromium');
