// Drives Firefox by WebDriver BiDi.
import fs from 'node:fs';
import path from 'node:path';
import { connect, expression, freshProfile, orStop, Page, start } from './launch.mjs';

const PREFERENCES = {
  // Remote control relaxes both by itself: local files would be allowed what
  // no user's browser allows them.
  'security.fileuri.strict_origin_policy': true,
  'remote.prefs.recommended': false,
  // A quiet start.
  'app.update.disabledForTesting': true,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

export async function launch(binary, { dark = false, names = [] } = {}) {
  const profile = freshProfile();
  const preferences = {
    ...PREFERENCES,
    'network.dns.localDomains': names.join(','),
    'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
  };
  fs.writeFileSync(
    path.join(profile, 'user.js'),
    Object.entries(preferences)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  );
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'];
  const { match, stop } = await start(binary, args, profile, /WebDriver BiDi listening on (ws:\S+)/);
  return orStop(stop, new Firefox(stop).attach(`${match[1]}/session`));
}

class Firefox extends Page {
  constructor(stop) {
    super();
    this.stop = stop;
  }

  async attach(url) {
    this.socket = await connect(url, (event) => this.heard(event));
    await this.send('session.new', { capabilities: {} });
    const { contexts } = await this.send('browsingContext.getTree');
    this.context = contexts[0].context;
    await this.send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'] });
    return this;
  }

  heard({ method, params }) {
    if (method === 'network.beforeRequestSent') this.requests.push(params.request.url);
    else if (method === 'log.entryAdded' && params.level === 'error') this.errors.push(params.text);
  }

  send(method, params) {
    return this.socket.send(method, params);
  }

  async goto(url) {
    await this.send('browsingContext.navigate', { context: this.context, url, wait: 'interactive' });
  }

  before(code) {
    return this.send('script.addPreloadScript', {
      functionDeclaration: `() => ${expression(code, [])}`,
      contexts: [this.context],
    });
  }

  async eval(code, ...args) {
    const answer = await this.send('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression(code, args)})))()`,
      awaitPromise: true,
      target: { context: this.context },
    });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
    return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
  }

  clickAt(x, y) {
    return this.send('input.performActions', {
      context: this.context,
      actions: [{
        type: 'pointer',
        id: 'mouse',
        actions: [
          { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      }],
    });
  }

  /** Presses at the first point, moves over the others, releases at the last. */
  drag(first, ...rest) {
    const move = ([x, y]) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 });
    const actions = [move(first), { type: 'pointerDown', button: 0 }, ...rest.map(move), { type: 'pointerUp', button: 0 }];
    return this.send('input.performActions', {
      context: this.context,
      actions: [{ type: 'pointer', id: 'mouse', actions }],
    });
  }

  keys(...values) {
    const actions = values.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]);
    return this.send('input.performActions', {
      context: this.context,
      actions: [{ type: 'key', id: 'keyboard', actions }],
    });
  }

  insert(text) {
    return this.keys(...text);
  }

  /** Presses Tab, Enter, Escape and the like. */
  press(key) {
    const code = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', ArrowUp: '\uE013', ArrowDown: '\uE015' }[key];
    return this.keys(code ?? key);
  }

  /** Puts files (paths) into a file field; it need not be visible. */
  async setFiles(selector, files) {
    const { result } = await this.send('script.evaluate', {
      expression: `document.querySelector(${JSON.stringify(selector)})`,
      awaitPromise: false,
      target: { context: this.context },
    });
    if (!result.sharedId) throw new Error(`no ${selector}`);
    await this.send('input.setFiles', { context: this.context, element: { sharedId: result.sharedId }, files });
  }

  viewport(width, height) {
    return this.send('browsingContext.setViewport', { context: this.context, viewport: { width, height } });
  }

  async screenshot(file) {
    const { data } = await this.send('browsingContext.captureScreenshot', { context: this.context });
    fs.writeFileSync(file, data, 'base64');
  }

  async pdf(file) {
    const { data } = await this.send('browsingContext.print', { context: this.context, background: true });
    fs.writeFileSync(file, data, 'base64');
  }

  async close() {
    this.socket.close();
    await this.stop();
  }
}
