// Files are shared out among workers: whatever their number, and whichever of
// them fails, the results are those of one; and finished files stay finished.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { calm, each, FILE } from './each.mjs';
import { file, inspected } from './steps.mjs';

/** Recordings of nothing, each its own: some small, one so large that it is not through before others help. */
const files = () => Array.from({ length: 9 }, (_, index) => {
  const bytes = Buffer.alloc(index === 4 ? (64 << 20) + 12_345 : 50_000 + index, index + 1);
  return file(`${index}.dav`, bytes);
});

const cores = (count) => ({ before: `Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => ${count} })` });
const evidence = (page) => page.eval(() => document.querySelector('.evidence-table').textContent);

/** Has the page tell each task that it gives a worker, as an event. */
const tellTasks = (page) => page.eval(() => {
  const spawn = globalThis.xishi.spawn;
  globalThis.xishi.spawn = () => {
    const worker = spawn();
    const post = worker.postMessage;
    worker.postMessage = (task, ...moved) => {
      post.call(worker, task, ...moved);
      dispatchEvent(new CustomEvent('task', { detail: { task, worker } }));
    };
    return worker;
  };
});

/** Has the page inspect files, of which all but one come to their digests. */
const losesOne = async (page, lost, when) => {
  const paths = files();
  await page.setFiles('input[name="exports"]', paths);
  await inspected(page);
  const list = await evidence(page);
  for (const [index, each] of paths.entries()) {
    const digest = createHash('sha256').update(fs.readFileSync(each)).digest('hex');
    assert.equal(list.includes(digest), index !== lost, `${each}, ${when}`);
  }
};

each('the page itself asks the disk for nothing of files that it reads', async (open) => {
  const page = await open(`${FILE}#/exports`, {
    before: () => {
      globalThis.asked = [];
      for (const [type, name] of [[Blob, 'size'], [File, 'lastModified']]) {
        const { get } = Object.getOwnPropertyDescriptor(type.prototype, name);
        Object.defineProperty(type.prototype, name, {
          get() {
            if (this instanceof File) globalThis.asked.push(`${name} of ${this.name}`);
            return get.call(this);
          },
        });
      }
    },
  });
  await page.waitFor('text=选择文件');
  await page.setFiles('input[name="exports"]', files());
  await inspected(page);
  assert.deepEqual(await page.eval(() => globalThis.asked), []);
});

each('one worker, two and eight come to the same', async (open) => {
  const paths = files();
  const found = [];
  for (const count of [1, 2, 8]) {
    const page = await open(`${FILE}#/exports`, cores(count));
    await page.waitFor('text=选择文件');
    // In the middle of which files others joined.
    await tellTasks(page);
    await page.eval(() => {
      globalThis.shared = [];
      addEventListener('task', ({ detail: { task } }) => task.share && globalThis.shared.push(task.share.index));
    });
    await page.setFiles('input[name="exports"]', paths);
    await inspected(page);
    const shared = await page.eval(() => globalThis.shared);
    assert.deepEqual([...new Set(shared)], count > 1 ? [4] : []);
    assert.ok(shared.length < 3, 'there are three shares');
    found.push([await evidence(page), await page.text('.sums')]);
    calm(page);
  }
  assert.deepEqual(found[1], found[0]);
  assert.deepEqual(found[2], found[0]);
  for (const each of paths) {
    for (const kind of ['sha256', 'sha1', 'md5']) {
      const digest = createHash(kind).update(fs.readFileSync(each)).digest('hex');
      assert.ok(found[0][0].includes(digest), `${kind} of ${each}`);
    }
  }
});

each('a worker that fails takes one file along, and no other', async (open) => {
  for (const during of ['structure', 'bytes']) {
    const page = await open(`${FILE}#/exports`, cores(2));
    await page.waitFor('text=选择文件');
    // The first worker that comes to the file with this number dies of it.
    await page.eval((during) => {
      const spawn = globalThis.xishi.spawn;
      let seen = during === 'bytes' ? -1 : 0;
      globalThis.xishi.spawn = () => {
        const worker = spawn();
        // Behind the page's own listener, so that the page knows where the worker was.
        queueMicrotask(() => worker.addEventListener('message', ({ data }) => {
          if (data.at && data.at.index === 5 && seen++ === 0) worker.dispatchEvent(new Event('error'));
        }));
        return worker;
      };
    }, during);
    await losesOne(page, 5, `lost while its ${during} was read`);
    assert.match(await page.eval(() => [...document.querySelectorAll('.rows li')].find((row) => row.textContent.includes('5.dav')).textContent), /未能检查|读不|出错/);
    // More files are read as if nothing had been.
    await page.setFiles('input[name="exports"]', [file('后来.dav', 'later')]);
    const later = createHash('sha256').update('later').digest('hex');
    await page.wait((later) => document.querySelector('.evidence-table').textContent.includes(later), later);
    calm(page);
  }
});

each('of two workers on one file, one that fails takes the other along, and no other file', async (open) => {
  for (const during of ['share', 'help']) {
    const page = await open(`${FILE}#/exports`, cores(2));
    await page.waitFor('text=选择文件');
    // Who is first told to share a file, or to help with it, dies of that.
    await tellTasks(page);
    await page.eval((during) => {
      let seen = 0;
      addEventListener('task', ({ detail: { task, worker } }) => {
        if (task[during] && seen++ === 0) setTimeout(() => worker.dispatchEvent(new Event('error')));
      });
    }, during);
    await losesOne(page, 4, `where one died that was to ${during}`);
    calm(page);
  }
});

/** How many files the browser keeps; without leaving a database where there was none. */
const kept = (page) => page.eval(() => new Promise((done, failed) => {
  const opening = indexedDB.open('xishi/readings');
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => done(0);
  opening.onsuccess = () => {
    const counting = opening.result.transaction('readings').objectStore('readings').count();
    counting.onsuccess = () => done(counting.result);
    counting.onerror = () => failed(counting.error);
    opening.result.close();
  };
}));
const becomes = async (value, look) => {
  for (let tries = 0; (await look()) !== value; tries++) {
    assert.ok(tries < 300, `${value} was waited for in vain`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

each('a list of files goes on after its tab was closed', async (open) => {
  const small = ['甲.dav', '乙.dav'].map((name) => file(name, Buffer.alloc(70_000, name)));
  const large = file('大.dav', '');
  fs.truncateSync(large, 3 * 2 ** 30);
  const page = await open(`${FILE}#/exports`, { ...cores(2) });
  const visit = async (paths) => {
    await page.goto('about:blank');
    await page.goto(`${FILE}#/exports`);
    await page.waitFor('text=选择文件');
    // Which files workers are asked to read.
    await tellTasks(page);
    await page.eval(() => {
      globalThis.asked = [];
      addEventListener('task', ({ detail: { task } }) => globalThis.asked.push(...(task.read || []).map(({ path }) => path)));
    });
    await page.setFiles('input[name="exports"]', paths);
  };
  const asked = () => page.eval(() => globalThis.asked.sort().join());

  // Nobody asked to keep anything.
  await visit([...small, large]);
  await page.wait(() => Number(document.querySelector('progress')?.value) > 0);
  assert.equal(await kept(page), 0);
  await page.click('text=留在这台电脑');
  await becomes(2, () => kept(page));

  // Closed in the middle.
  await visit([...small, large]);
  await page.wait(() => /有 2 个文件以前在这台电脑上检验过/.test(document.body.textContent));
  await page.wait(() => globalThis.asked.length);
  assert.equal(await asked(), '大.dav');
  await page.click('text=停止');

  // Changed meanwhile.
  fs.utimesSync(small[0], new Date(), new Date(Date.now() + 60_000));
  await visit(small);
  await page.wait(() => /有 1 个文件以前在这台电脑上检验过/.test(document.body.textContent));
  await inspected(page);
  assert.equal(await asked(), '甲.dav');
  const list = await evidence(page);
  for (const each of small) assert.ok(list.includes(createHash('sha256').update(fs.readFileSync(each)).digest('hex')), each);
  await page.click('text=重新检验这些文件');
  await page.wait(() => !/以前在这台电脑上检验过/.test(document.body.textContent));
  await inspected(page);
  assert.equal(await asked(), '乙.dav,甲.dav');

  // Nothing stays where that is asked for.
  await page.click('text=清除本机记录');
  await becomes(0, () => kept(page));
  await visit(small);
  await inspected(page);
  assert.equal(await asked(), '乙.dav,甲.dav');
  assert.equal(await kept(page), 0);
  calm(page);
});
