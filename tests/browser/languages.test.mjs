// Another language in the middle of an inspection: what was answered stays,
// what was judged is worded anew, and papers stay in Chinese.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { choose, go, on, result, until } from './steps.mjs';

const han = /\p{Script=Han}/u;

each('another language keeps the answers and words everything anew', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  await on(page, '2026-11-23');
  await page.type('#place-search', '网吧');
  await choose(page, 'site.place', 'internet-cafe');
  await choose(page, 'system.built', 'true');
  await until(page, 'duty.verdict', 'must-build');
  assert.equal(await page.eval(() => document.documentElement.lang), 'zh-CN');
  await page.eval(() => document.querySelector('[name="lang"]').focus());
  await page.set('[name="lang"]', 'en');
  await page.wait(() => document.documentElement.lang === 'en');

  // Answers and results are what they were; the words are not.
  assert.equal(await result(page, 'duty.verdict'), 'must-build');
  assert.equal(await page.eval(() => document.querySelector('input[name="system.built"]:checked').value), 'true');
  assert.ok(!han.test(await page.text('.aside')));
  assert.ok(!han.test(await page.eval(() => document.title)));
  assert.equal(await page.eval(() => document.activeElement.name), 'lang');
  assert.match(await page.text('.unofficial'), /Unofficial translation/);

  // The law is quoted in Chinese, and says so.
  await page.eval(() => document.querySelector('.verdict .cite summary').click());
  await page.wait(() => /互联网/.test(document.querySelector('.verdict .cite blockquote [lang="zh-CN"]')?.textContent));

  await go(page, 'cameras');
  await page.set('#camera-paste', 'CH01,lobby\nCH02,toilet');
  await page.click('text=Add 2 to the list');
  await page.wait(() => document.querySelectorAll('output[name^="cameras["]').length === 2);

  // What is printed and handed in is in Chinese.
  await go(page, 'report');
  await page.wait(() => document.querySelector('.sheet[lang="zh-CN"]'));
  for (const words of ['自查报告', '应当建设']) assert.ok((await page.text('.sheet')).includes(words), words);
  await go(page, 'exposure');
  assert.ok(!han.test(await page.text('#main h1')));

  await page.set('[name="lang"]', 'zh-Hant');
  await page.wait(() => document.documentElement.lang === 'zh-Hant');
  await page.wait(() => document.querySelector('#main h1').textContent === '可能的處罰');
  await page.set('[name="lang"]', 'zh-CN');
  await page.wait(() => document.querySelector('#main h1').textContent === '可能的处罚');
  calm(page);
});

each('the address chooses the language, and nothing is kept unless asked', async (open) => {
  const page = await open(`${FILE}?lang=en#/deadlines`);
  await page.wait(() => document.documentElement.lang === 'en' && /Deadlines/.test(document.title));
  assert.equal(await page.eval(() => localStorage.length), 0);
  calm(page);
});

each('the commands are one line in every language, in elder mode too', async (open) => {
  const page = await open(`${FILE}#/site`);
  await page.viewport(1280, 800);
  for (const elder of [false, true]) {
    for (const lang of ['zh-CN', 'zh-Hant', 'en']) {
      await page.set('.bar [name="lang"]', lang);
      await page.wait((lang) => document.documentElement.lang === lang, lang);
      const [bar, one] = await page.eval(() => [document.querySelector('.bar').offsetHeight, document.querySelector('.bar .elder-switch').offsetHeight]);
      assert.ok(bar < one * 1.6, `${lang}, elder: ${elder}: ${bar} px, a button ${one} px`);
    }
    if (!elder) await page.click('.bar .elder-switch');
  }
  calm(page);
}, (name) => name === 'chromium');

each('long words fit on a phone in English', async (open) => {
  const page = await open(`${FILE}?lang=en#/site`);
  await page.waitFor('#place-search');
  await page.viewport(390, 844);
  for (const route of ['site', 'cameras', 'duties', 'deadlines', 'exposure', 'exports', 'papers', 'law']) {
    await go(page, route);
    const over = await page.eval(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `${route}: ${over} px too wide`);
  }
  calm(page);
}, (name) => name === 'chromium');
