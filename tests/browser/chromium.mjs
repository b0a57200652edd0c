// Drives any Chromium from 80 on by the DevTools protocol. (The usual
// libraries speak only to browsers of their own year.)
import fs from 'node:fs';
import { connect, expression, freshProfile, orStop, Page, start } from './launch.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars',
  '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--remote-debugging-port=0',
];

export async function launch(binary, { dark = false, contrast = false, names = [] } = {}) {
  const profile = freshProfile();
  const args = [...FLAGS, `--user-data-dir=${profile}`];
  if (names.length) args.push(`--host-resolver-rules=${names.map((name) => `MAP ${name} 127.0.0.1`).join(',')}`);
  const { match, stop } = await start(binary, [...args, 'about:blank'], profile, /DevTools listening on (ws:\S+)/);
  return orStop(stop, new Chromium(stop).attach(match[1], { dark, contrast }));
}

class Chromium extends Page {
  constructor(stop) {
    super();
    this.stop = stop;
  }

  async attach(url, media = {}) {
    this.browser = url;
    this.socket = await connect(url, (event) => this.heard(event));
    const { targetId } = await this.socket.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.socket.send('Target.attachToTarget', { targetId, flatten: true });
    this.session = sessionId;
    await this.watch(sessionId);
    await this.send('Page.enable');
    await this.send('Log.enable');
    const features = [];
    if (media.dark) features.push({ name: 'prefers-color-scheme', value: 'dark' });
    if (media.contrast) features.push({ name: 'prefers-contrast', value: 'more' });
    if (features.length) await this.send('Emulation.setEmulatedMedia', { features });
    return this;
  }

  /** Another tab of the same browser, with the same storage; `before` as in `open`. */
  async another(url, before) {
    const { targetInfos } = await this.socket.send('Target.getTargets');
    const known = new Set(targetInfos.map((target) => target.targetId));
    const tab = await new Chromium(async () => {}).attach(this.browser);
    const after = (await this.socket.send('Target.getTargets')).targetInfos;
    tab.target = after.find((target) => target.type === 'page' && !known.has(target.targetId)).targetId;
    tab.home = url;
    if (before) await tab.before(before);
    await tab.goto(url);
    return tab;
  }

  /** Closes this tab, as its cross does; the browser stays. */
  async closeTab() {
    await this.socket.send('Target.closeTarget', { targetId: this.target });
    this.socket.close();
  }

  /** Listens to the page or one of its workers, which are held until then. */
  async watch(sessionId) {
    const send = (method, params) => this.socket.send(method, params, { sessionId });
    await Promise.all([
      send('Runtime.enable'),
      send('Network.enable'),
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }).catch(() => {}),
    ]);
    await send('Runtime.runIfWaitingForDebugger');
  }

  heard({ method, params }) {
    if (method === 'Target.attachedToTarget' && this.session) {
      this.watch(params.sessionId).catch(() => {}); // a worker may end at once
    } else if (method === 'Network.requestWillBeSent') {
      this.requests.push(params.request.url);
    } else if (method === 'Runtime.exceptionThrown') {
      const { exception, text } = params.exceptionDetails;
      this.errors.push(exception?.description ?? text);
    } else if (method === 'Log.entryAdded' && params.entry.level === 'error') {
      this.errors.push(params.entry.text);
    } else if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
      this.errors.push(params.args.map((each) => each.value ?? each.description).join(' '));
    }
  }

  send(method, params) {
    return this.socket.send(method, params, { sessionId: this.session });
  }

  async goto(url) {
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
  }

  before(code) {
    return this.send('Page.addScriptToEvaluateOnNewDocument', { source: expression(code, []) });
  }

  async eval(code, ...args) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: expression(code, args),
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async clickAt(x, y) {
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    }
  }

  /** Presses at the first point, moves over the others, releases at the last. */
  async drag(first, ...rest) {
    const send = (type, [x, y]) =>
      this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1 });
    await send('mousePressed', first);
    for (const point of rest) await send('mouseMoved', point);
    await send('mouseReleased', rest[rest.length - 1] || first);
  }

  insert(text) {
    return this.send('Input.insertText', { text });
  }

  /** Presses Tab, Enter, Escape and the like. */
  async press(key, { shift = false } = {}) {
    const codes = { Tab: 9, Enter: 13, Escape: 27, ' ': 32, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, '/': 191 };
    const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
    const code = { ' ': 'Space', '/': 'Slash' }[key] || key;
    const event = { key, code, windowsVirtualKeyCode: codes[key], modifiers: shift ? 8 : 0 };
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...event });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  /** Puts files (paths) into a file field; it need not be visible. */
  async setFiles(selector, files) {
    const { result } = await this.send('Runtime.evaluate', {
      expression: `document.querySelector(${JSON.stringify(selector)})`,
    });
    if (!result.objectId) throw new Error(`no ${selector}`);
    await this.send('DOM.setFileInputFiles', { objectId: result.objectId, files });
  }

  viewport(width, height) {
    return this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  }

  async screenshot(file) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    fs.writeFileSync(file, data, 'base64');
  }

  async pdf(file) {
    const { data } = await this.send('Page.printToPDF', { printBackground: true, preferCSSPageSize: true });
    fs.writeFileSync(file, data, 'base64');
  }

  async close() {
    this.socket.close();
    await this.stop();
  }
}
