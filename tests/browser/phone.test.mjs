// On a phone the frame leaves the screen to the page, in elder mode too: steps
// and commands are folded, and each is one touch away.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';

const shown = (page, selector) =>
  page.eval((selector) => [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length).length, selector);

for (const elder of [false, true]) {
  each(`a phone${elder ? ' in elder mode' : ''}`, async (open) => {
    const page = await open(`${FILE}#/duties`);
    await page.viewport(390, 844);
    await page.waitFor('#main h1');
    if (elder) {
      await page.click('.elder-switch');
      await page.waitFor('html.elder');
    }
    assert.equal(await shown(page, '.elder-switch'), 1);
    assert.equal(await shown(page, '.steps a, .bar input'), 0);
    const top = await page.eval(() => document.querySelector('#main').getBoundingClientRect().top);
    assert.ok(top < 844 / 3, `the page begins at ${top}`);
    assert.equal(await page.eval(() => document.documentElement.scrollWidth), 390);
    // Name and handles stand on one line, on the smallest phone too.
    await page.viewport(elder ? 360 : 320, 844);
    const [name, handles] = await page.eval(() => ['.brand', '.handles'].map((each) => document.querySelector(each).getBoundingClientRect().bottom));
    assert.ok(Math.abs(name - handles) < 20, `${name}, ${handles}`);
    await page.viewport(390, 844);

    await page.click('.side > .handle');
    await page.waitFor('.steps a');
    assert.equal(await shown(page, '.steps a'), 11);
    await page.click('.handles > .handle');
    await page.waitFor('.bar input[name="on"]');
    assert.equal(await shown(page, '.steps a'), 0, 'one is unfolded at a time');
    await page.click('.side > .handle');
    await page.click('.steps a[href="#/law"]');
    // Folded again on the new page.
    await page.wait(() => document.querySelector('.side > .handle b').textContent === '法条'
      && ![...document.querySelectorAll('.steps a')].some((a) => a.getClientRects().length));

    // The parts of a long page, also a second time.
    const chapter = () => page.eval(() => document.getElementById('/law/chapter-3').getBoundingClientRect().top);
    for (const time of ['first', 'second']) {
      await page.click('.contents a[href="#/law/chapter-3"]');
      await page.wait(() => Math.abs(document.getElementById('/law/chapter-3').getBoundingClientRect().top) < 60);
      assert.ok(Math.abs(await chapter()) < 60, time);
    }
    calm(page);
  }, (name) => name.startsWith('chromium'));
}

each('no line begins with the mark behind a term', async (open) => {
  const page = await open(`${FILE}#/exposure`);
  let marks = 0;
  for (const route of ['exposure', 'deadlines', 'site', 'overview', 'cameras']) {
    await page.eval((route) => { location.hash = `#/${route}`; }, route);
    await page.wait((route) => document.querySelector('.steps [aria-current]').getAttribute('href') === `#/${route}`, route);
    for (let width = 300; width <= 420; width += 10) {
      await page.viewport(width, 844);
      const [seen, lost] = await page.eval(() => {
        const terms = [...document.querySelectorAll('main .term-word')].map((term) => {
          const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          texts.currentNode = term.lastChild;
          const text = texts.nextNode();
          if (!text || !term.closest('.term').contains(text) || !/^[，。、；：”）]/.test(text.data)) return undefined;
          const range = document.createRange();
          range.setStart(text, 0);
          range.setEnd(text, 1);
          return range.getBoundingClientRect().left + 1 < term.getBoundingClientRect().right && text.data;
        });
        const marked = terms.filter((term) => term !== undefined);
        return [marked.length, marked.filter(Boolean)];
      });
      assert.deepEqual(lost, [], `${route} at ${width}`);
      marks += seen;
    }
  }
  assert.ok(marks > 0);
  calm(page);
}, (name) => name === 'chromium' || name === 'firefox');
