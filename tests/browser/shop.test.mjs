// A shop manager's way, counted: few questions, few clicks and keys, and the
// whole way by keyboard alone.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { result, until } from './steps.mjs';

const MOST_QUESTIONS = 8;
const MOST_ACTIONS = 25;

/** The page with its clicks and keys counted; a letter is a key. */
function counted(page) {
  const { clickAt, insert } = page;
  page.actions = 0;
  page.clickAt = function (...at) { this.actions++; return clickAt.apply(this, at); };
  page.insert = function (text) { this.actions += [...text].length; return insert.call(this, text); };
  return page;
}

/** Waits until the page has answered what was just done. */
const settled = (page) => page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// What people type: initials, a name, a name that the law does not list.
for (const [typed, kind] of [['wb', 'internet-cafe'], ['超市', 'supermarket'], ['小区', undefined], ['奶茶店', undefined], ['民宿', undefined]]) {
  each(`a first verdict for “${typed}” in few questions and clicks`, async (open, t) => {
    const page = counted(await open());
    await page.click('#place-search');
    await page.insert(typed);
    await page.wait(() => document.querySelectorAll('.tile').length < 30);
    await page.click('.tile');
    await page.waitFor('.picked');
    if (kind) assert.equal(await page.eval(() => document.querySelector('input[name="site.place"]:checked').value), kind);
    let questions = 1;
    while (await result(page, 'duty.verdict') === 'unknown' && questions <= MOST_QUESTIONS) {
      // "No" or the button beside, as most shops answer.
      await page.click('.question.next .choice:nth-child(2), .question.next .button');
      await settled(page);
      questions++;
    }
    assert.notEqual(await result(page, 'duty.verdict'), 'unknown');
    t.diagnostic(`${questions} questions, ${page.actions} clicks and keys`);
    assert.ok(questions <= MOST_QUESTIONS, `${questions} questions`);
    assert.ok(page.actions <= MOST_ACTIONS, `${page.actions} clicks and keys`);
    calm(page);
  }, (name) => name === 'chromium');
}

/** Presses Tab until the element that has the focus fits. */
async function tabTo(page, selector, most = 60) {
  for (let presses = 0; presses < most; presses++) {
    if (await page.eval((selector) => document.activeElement.matches(selector), selector)) return;
    await page.press('Tab');
    // Whoever has the focus can be seen to have it.
    const seen = await page.eval(() => {
      const marked = (element) => getComputedStyle(element).outlineStyle !== 'none';
      const focused = document.activeElement;
      const around = focused.closest('.choice, .tile, label.button');
      return focused === document.body || marked(around || focused);
    });
    assert.ok(seen, `no focus to be seen on ${await page.eval(() => document.activeElement.outerHTML.slice(0, 200))}`);
  }
  assert.fail(`${selector} is not reached by Tab`);
}

each('from the first question to the report by keyboard alone', async (open) => {
  const page = await open();
  await page.waitFor('#place-search');
  page.clickAt = () => assert.fail('a click');
  await page.press('Tab');
  await tabTo(page, '.skip');
  await page.press('Enter');
  await tabTo(page, '#place-search');
  await page.insert('网吧');
  await page.wait(() => document.querySelectorAll('.tile').length < 20);
  await page.press('Tab');
  await page.press(' ');
  await until(page, 'duty.verdict', 'must-build');

  // Further questions, by arrows and space.
  await tabTo(page, 'input[name="system.built"]');
  await page.press('ArrowDown'); // from "not known", round to the first
  await page.wait(() => document.querySelector('input[name="system.built"][value="true"]').checked);

  // To a duty by the search, and its answer.
  await page.press('/');
  await page.wait(() => document.activeElement.id === 'finder');
  await page.insert('szmxbz');
  await page.waitFor('.found a');
  await page.press('Enter');
  await page.press('Enter');
  await page.wait(() => location.hash === '#/duties/signs');
  await page.wait(() => document.activeElement.closest('#duty-signs'));
  await tabTo(page, 'input[name="answers.signs"]');
  await page.press('ArrowDown');
  await page.wait(() => document.querySelector('input[name="answers.signs"][value="breached"]').checked);

  // A term is opened and closed.
  await page.eval(() => { location.hash = '#/deadlines'; });
  await page.waitFor('.lede .term-word');
  await tabTo(page, '.term-word');
  await page.press('Enter');
  await page.waitFor('.term-note');
  await page.press('Escape');
  await page.wait(() => !document.querySelector('.term-note'));

  // The overview tells it, and leads to the report.
  await page.press('/');
  await page.insert('zicha');
  await page.waitFor('.found a');
  await page.press('Escape');
  await page.wait(() => !document.querySelector('.found'));
  await tabTo(page, 'nav a[href="#/overview"]', 90);
  await page.press('Enter');
  await page.waitFor('.headline.bad');
  assert.match(await page.text('.todo'), /设置明显标志/);
  await tabTo(page, 'nav a[href="#/report"]', 90);
  await page.press('Enter');
  await page.waitFor('.sheet');
  assert.match(await page.text('.sheet'), /自查报告/);
  await tabTo(page, '.foot .button.primary', 90);
  calm(page);
}, (name) => name === 'chromium' || name === 'chromium-80');
