// What both drivers share: a process with a throw-away profile, a socket with
// numbered commands, and the page's actions that need no protocol of their own.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';

/** Starts a browser; resolves when a line of its error stream matches. */
export function start(binary, args, profile, ready) {
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL'); // the group: a browser is many processes
    } catch {}
  };
  process.once('exit', kill);
  const stop = async () => {
    const gone = child.exitCode !== null || child.signalCode || new Promise((done) => child.once('exit', done));
    kill();
    process.off('exit', kill);
    await gone;
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return new Promise((resolve, reject) => {
    let said = '';
    const give = (why) => stop().then(() => reject(new Error(`${binary} ${why}: ${said.slice(-500)}`)));
    const timer = setTimeout(give, 30_000, 'did not start');
    child.once('error', (error) => give(error.message));
    child.once('exit', (code) => give(`ended with ${code}`));
    child.stderr.on('data', (data) => {
      if (said === null) return;
      said += data;
      const match = said.match(ready);
      if (!match) return;
      said = null;
      clearTimeout(timer);
      child.removeAllListeners('exit');
      resolve({ match, stop });
    });
  });
}

/** The value of a promise; the browser is stopped if it fails. */
export const orStop = (stop, promise) =>
  promise.catch(async (error) => {
    await stop();
    throw error;
  });

export const freshProfile = () => fs.mkdtempSync(path.join(os.tmpdir(), 'xishi-profile-'));

/** Numbered commands over a socket; `onEvent` gets what is no answer. */
export async function connect(url, onEvent) {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 1 << 28 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let last = 0;
  socket.on('message', (text) => {
    const message = JSON.parse(text);
    const call = waiting.get(message.id);
    if (!call) return onEvent(message);
    waiting.delete(message.id);
    if (message.error) call.reject(new Error(`${call.method}: ${message.error.message ?? message.message}`));
    else call.resolve(message.result);
  });
  socket.on('close', () => {
    for (const call of waiting.values()) call.reject(new Error(`${call.method}: the browser is gone`));
  });
  return {
    close: () => socket.terminate(),
    send: (method, params = {}, extra = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++last, { method, resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params, ...extra }));
      }),
  };
}

/** A function and its arguments, or an expression, as one expression for the page. */
export const expression = (code, args) =>
  typeof code === 'function' ? `(${code})(${args.map((each) => JSON.stringify(each)).join(',')})` : code;

/**
 * The actions common to all engines. A driver adds: goto, before, eval,
 * clickAt, drag, insert, setFiles, viewport, screenshot, pdf, close.
 * A selector is CSS, or `text=…` for the innermost element with that text.
 */
export class Page {
  /** Errors of page and workers: exceptions, console.error, refused by policy. */
  errors = [];
  /** Every address asked for by page and workers. */
  requests = [];

  /** Waits until an expression or function is truthy in the page, and returns its value. */
  async wait(code, ...args) {
    // Slow machines are waited for; what never comes ends here or by the test's own limit.
    const end = Date.now() + 60_000;
    let problem;
    do {
      try {
        const value = await this.eval(code, ...args);
        if (value) return value;
        problem = undefined;
      } catch (error) {
        problem = error; // the page may be between two documents
      }
      await new Promise((done) => setTimeout(done, 20));
    } while (Date.now() < end);
    throw new Error(
      `waited in vain for ${code} ${args.join(' ')}; ${problem ?? ''} errors: ${this.errors.join('; ') || 'none'}`,
    );
  }

  /** Waits until an element is there and visible. */
  waitFor(selector) {
    return this.wait(`!!(${locate(selector)})`);
  }

  async click(selector) {
    // Where it has come to rest: pages that still come together move it away from under the pointer.
    const [x, y] = await this.wait(`(async () => {
      for (let last; ; ) {
        const element = ${locate(selector)};
        if (!element) return;
        element.scrollIntoView({ block: 'center' });
        const box = element.getBoundingClientRect();
        const at = [box.x + box.width / 2, box.y + box.height / 2];
        if (String(at) === last) return at;
        last = String(at);
        await new Promise((done) => setTimeout(done, 20));
      }
    })()`);
    await this.clickAt(x, y);
  }

  /** Replaces what a text field holds, as typing would. */
  async type(selector, text) {
    await this.waitFor(selector);
    await this.eval(`(() => { const field = ${locate(selector)}; field.focus(); field.select && field.select(); })()`);
    await this.insert(text);
  }

  /** Chooses in a select, or sets a field that cannot be typed into, such as a date. */
  async set(selector, value) {
    await this.waitFor(selector);
    await this.eval(`(() => {
      const field = ${locate(selector)};
      field.value = ${JSON.stringify(value)};
      for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
    })()`);
  }

  /** The text of an element as shown. */
  async text(selector) {
    await this.waitFor(selector);
    return this.eval(`(${locate(selector)}).innerText`);
  }
}

const locate = (selector) => {
  if (!selector.startsWith('text=')) {
    return `[...document.querySelectorAll(${JSON.stringify(selector)})].find((e) => e.getClientRects().length)`;
  }
  const text = JSON.stringify(selector.slice(5));
  return `[...document.querySelectorAll('body *')].filter((e) =>
    e.getClientRects().length && e.textContent.includes(${text})).pop()`;
};
