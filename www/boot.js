// Starts the page's wasm, and gives it workers that share the compiled module.
import inflate from 'tiny-inflate';
import { dropped } from './drop.js';
import './focus.js';
import { forget, keep, recall } from './kept.js';

const find = (id) => document.getElementById(id);
const data = document.currentScript.dataset;
const embedded = find('xishi-wasm');
const running = () => !find('xishi-skeleton') && find('xishi').firstElementChild;

/** Eleven characters, all that can be printed but '<', are nine bytes (see xtask/src/pack.rs). */
function base94(text, size) {
  const digit = (at) => {
    const code = text.charCodeAt(at);
    return code - (code > 60 ? 33 : 32);
  };
  const bytes = new DataView(new ArrayBuffer(text.length / 11 * 9));
  for (let i = 0, at = 0; i < text.length; at += 9) {
    // Numbers are exact to 53 bits: seven characters and four, then 48 bits and 24.
    let [high, low] = [0, 0];
    for (const end = i + 7; i < end; i++) high = high * 94 + digit(i);
    for (const end = i + 4; i < end; i++) low = low * 94 + digit(i);
    low += high % 2 ** 24 * 94 ** 4;
    high = Math.floor(high / 2 ** 24) * 94 ** 4 + Math.floor(low / 2 ** 24);
    bytes.setUint32(at + 5, low);
    bytes.setUint32(at + 2, high);
    bytes.setUint16(at, high / 2 ** 32);
  }
  return new Uint8Array(bytes.buffer, 0, size);
}

/** The module's bytes: from inside this file, or beside it on the server. */
async function bytes() {
  if (!embedded) {
    const answer = await fetch(data.wasm);
    if (!answer.ok) throw new Error(`${data.wasm}: ${answer.status}`);
    return answer.arrayBuffer();
  }
  const packed = base94(embedded.textContent, Number(embedded.dataset.size));
  embedded.remove();
  if (typeof DecompressionStream == 'function') {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).arrayBuffer();
  }
  // Chromium 76-79. A gzip file is ten bytes, the stream, checksum and length.
  const length = new DataView(packed.buffer).getUint32(packed.length - 4, true);
  return inflate(packed.subarray(10), new Uint8Array(length));
}

/** A text that came inside the module: its style, the licences of its parts. */
const text = (name) => new TextDecoder().decode(WebAssembly.Module.customSections(module, name)[0]);

let module;
let workerUrl = data.worker;

globalThis.xishi = {
  version: 'XISHI_VERSION',
  standalone: !!embedded,
  dropped,
  licences: () => text('licences'),
  readings: { forget, keep, recall },
  /** Has so many workers started before they are needed: their start takes longer than most files. */
  prepare(count) {
    while (spare.length < count) {
      const worker = started();
      spare.push(worker);
      // One that failed while nobody listened would leave its files waiting.
      worker.onerror = worker.onmessage = () => { spare = spare.filter((other) => other !== worker); };
    }
  },
  /** A worker, already told to start; messages posted to it wait until it has. */
  spawn() {
    return spare.shift() || started();
  },
};

let spare = [];
function started() {
  workerUrl = workerUrl || URL.createObjectURL(new Blob(
    [find('xishi-glue').textContent, '\n', find('xishi-worker').textContent],
    { type: 'text/javascript' },
  ));
  const worker = new Worker(workerUrl);
  worker.postMessage({ xishi: 'boot', module });
  return worker;
}

/** Says what went wrong; before the page is up the static checklist takes its place. */
function fail(error) {
  const why = String((error && error.message) || error);
  if (running()) {
    find('xishi-reason').textContent =
      `程序内部出错，本页已停止响应。请先抄下或截图已填的内容，再刷新本页。（${why}）`;
  } else {
    find('xishi-reason').textContent = `自查程序没能启动。下面是可以打印的简明清单。原因：${why}`;
    document.documentElement.className = '';
  }
}

// A panic in the page traps the wasm: from then on nothing answers, so say it.
const trapped = (error) => error instanceof WebAssembly.RuntimeError && fail(error);
addEventListener('error', (event) => trapped(event.error));
addEventListener('unhandledrejection', (event) => trapped(event.reason));

bytes()
  .then((wasm) => WebAssembly.compile(wasm))
  .then((compiled) => {
    module = compiled;
    const style = document.createElement('style');
    style.textContent = text('style');
    document.head.append(style);
    return wasm_bindgen({ module_or_path: module });
  })
  .catch(fail);
