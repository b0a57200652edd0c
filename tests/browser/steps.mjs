// Steps that several flows take: files on disk, results read from the page,
// ways through it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-flow-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Writes a file and gives its path. */
export const file = (name, content) => {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
};

/** What an `output` of the page holds. */
export const result = (page, name) =>
  page.eval((name) => {
    const output = document.querySelector(`output[name="${name}"]`);
    return output ? JSON.parse(output.dataset.value) : undefined;
  }, name);

export const until = (page, name, value) =>
  page.wait((name, value) => {
    const output = document.querySelector(`output[name="${name}"]`);
    return !!output && output.dataset.value === value;
  }, name, JSON.stringify(value));

/** Waits until every file is through: the list of evidence, the last part of the page, can be printed. */
export const inspected = (page) =>
  page.wait(() => document.querySelector('.evidence .button.primary[aria-disabled="false"]') && !document.querySelector('progress'));

export const go = async (page, route) => {
  await page.eval((route) => { location.hash = `#/${route}`; }, route);
  await page.wait((route) => document.querySelector('nav [aria-current]').getAttribute('href') === `#/${route}`, route);
};

/** Chooses one of a group of radio buttons, as a click does. */
export const choose = async (page, name, value) => {
  const selector = `input[name="${name}"][value="${value}"]`;
  await page.wait((selector) => !!document.querySelector(selector), selector);
  await page.eval((selector) => document.querySelector(selector).click(), selector);
};

/** The page judges as on this day, whatever today is. */
export const on = async (page, day) => {
  await page.set('input[name="on"]', day);
  await page.wait((day) => document.querySelector('input[name="on"]').value === day, day);
};

/** What the page would have saved: the text of the file that it hands out. */
export const save = async (page) => {
  await page.eval(() => {
    globalThis.saved = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text && blob.text().then((text) => globalThis.saved.push(text)); return create.call(URL, blob); };
  });
  await page.click('text=保存档案');
  return page.wait(() => globalThis.saved[0]);
};
