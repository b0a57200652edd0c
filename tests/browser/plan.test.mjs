// The floor plan, drawn with the pointer in every engine: what a camera sees of
// a private room changes as it is turned, and all of it is in the saved file.
import assert from 'node:assert/strict';
import { calm, each, FILE } from './each.mjs';
import { file, go, result, save, until } from './steps.mjs';

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600" onload="globalThis.smuggled = 1">
<script>globalThis.smuggled = 1</script><rect width="800" height="600" fill="#fff"/><path d="M100 100h300v200H100z" fill="none" stroke="#000"/></svg>`;

/** Draws from one point to another, in plan units, with a tool. */
const draw = async (page, tool, from, to) => {
  await page.click(`button[data-tool="${tool}"]`);
  await page.wait((tool) => document.querySelector('.board').dataset.tool === tool, tool);
  await move(page, from, to);
};

/** Drags over the board, in plan units. */
const move = async (page, from, to) => {
  const places = await page.eval((points) => {
    const svg = document.querySelector('.board svg.plan');
    svg.scrollIntoView({ block: 'center' });
    const box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    return points.map(([x, y]) => [box.left + x * scale, box.top + y * scale]);
  }, [from, [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], to]);
  await page.drag(...places);
};

const count = (page, selector, expected) =>
  page.wait((selector, expected) => document.querySelectorAll(selector).length === expected, selector, expected);

each('a plan is drawn, judged, saved and opened', async (open) => {
  const page = await open(`${FILE}#/cameras/plan`);
  await page.waitFor('.board svg.plan');
  await page.viewport(1280, 900);

  // The picture is taken as pixels: nothing of its markup comes in.
  await page.setFiles('input[name="plan-picture"]', [file('疏散图.svg', PICTURE)]);
  await page.wait(() => /^data:image\/(png|jpeg);base64,/.test(document.querySelector('.board image')?.getAttribute('href')));
  assert.equal(await page.eval(() => document.querySelector('.board svg.plan').getAttribute('viewBox')), '0 0 1600 1200');
  assert.equal(await page.eval(() => globalThis.smuggled), undefined);

  await page.click('button[data-tool="room"]');
  await page.set('select[name="plan-kind"]', 'changing-room');
  await draw(page, 'room', [600, 300], [1000, 700]);
  await count(page, '.board polygon.room', 1);
  await draw(page, 'wall', [200, 100], [1400, 100]);
  await count(page, '.board path.wall', 1);
  await draw(page, 'camera', [300, 500], [450, 500]);
  await count(page, '.board path.camera', 1);
  assert.equal(await page.eval(() => document.querySelectorAll('.board path.seen').length), 0, 'a closed room');

  // Through a door it sees in.
  await draw(page, 'door', [600, 460], [600, 540]);
  await count(page, '.board path.seen', 1);
  const share = await result(page, 'plan[0].share');
  assert.ok(share > 0.05 && share < 0.5, `${share}`);
  assert.equal(await result(page, 'plan[0].verdict'), 'check');

  // Turned by its handle to the wall above, it does not.
  await page.click('button[data-tool="select"]');
  await move(page, [300, 500], [300, 500]);
  await page.waitFor('.board circle.grip');
  await move(page, [300 + 0.09 * 1600, 500], [300, 200]);
  await count(page, '.board path.seen', 0);
  assert.match(await page.text('#plan-status'), /270 度；看不到/);
  assert.equal(await result(page, 'plan[0].share'), undefined);
  await page.click('text=撤销');
  await count(page, '.board path.seen', 1);
  assert.equal(await result(page, 'plan[0].share'), share);

  // A narrower angle by its number sees no more; the arrow keys move it.
  await page.eval(() => { document.querySelector('details.more').open = true; });
  await page.set('input[name="plan.cameras[0].angle"]', '4');
  await page.wait((share) => Number(document.querySelector('output[name="plan[0].share"]')?.dataset.value) < share, share);
  const height = () => page.eval(() => Number(document.querySelector('input[name="plan.cameras[0].at[1]"]').value));
  const was = await height();
  await page.eval(() => {
    const board = document.querySelector('.board');
    board.focus();
    board.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
  });
  await page.wait((y) => Number(document.querySelector('input[name="plan.cameras[0].at[1]"]').value) === y, was + 16);

  // What cannot be a picture is refused by name; the plan stays.
  await page.setFiles('input[name="plan-picture"]', [file('坏图.png', 'not a picture')]);
  await page.wait(() => /坏图\.png.*没有放进来/.test(document.querySelector('.banner.bad')?.textContent));
  assert.equal(await page.eval(() => document.querySelectorAll('.board polygon.room').length), 1);

  const before = await result(page, 'plan[0].share');
  const saved = await save(page);
  const { plan, cameras } = JSON.parse(saved);
  assert.equal(plan.rooms[0].kind, 'changing-room');
  assert.equal(plan.cameras[0].camera, cameras[0].id);
  assert.match(plan.picture, /^data:image\/(png|jpeg);base64,/);
  assert.ok(plan.picture.length <= 600_000);

  const again = await open(`${FILE}#/cameras`);
  await again.waitFor('text=画平面图');
  await again.setFiles('input[name="dossier"]', [file('带图.json', saved)]);
  await again.waitFor('svg.plan');
  assert.equal(await result(again, 'plan[0].share'), before);
  await until(again, 'cameras[0].verdict', 'check');
  await go(again, 'report');
  assert.match(await again.text('#main'), /平面图[^]*更衣室[^]*隐私遮挡/);
  calm(page);
  calm(again);
});

each('a camera inside a private room is forbidden', async (open) => {
  const page = await open(`${FILE}#/cameras/plan`);
  await page.waitFor('.board svg.plan');
  await page.viewport(390, 844);
  // A room by its corners, closed at the first.
  await page.click('button[data-tool="room"]');
  for (const corner of [[300, 200], [900, 200], [900, 600], [300, 600], [300, 200]]) await move(page, corner, corner);
  await count(page, '.board polygon.room', 1);
  await draw(page, 'camera', [600, 400], [700, 400]);
  await until(page, 'plan[0].verdict', 'forbidden');
  assert.ok(await page.eval(() => document.documentElement.scrollWidth) <= 390);
  await go(page, 'exposure');
  await page.wait(() => document.querySelector('output[name="exposure.now.unit"]')?.dataset.value !== '[0,0]');
  calm(page);
});
