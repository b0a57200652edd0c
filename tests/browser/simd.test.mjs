// The second module, which the page carries and its workers run where the
// browser knows SIMD: SHA-1 and MD5 at once.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from './engines.mjs';

const BEGIN = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

test('the second module takes SHA-1 and MD5 as others do', async () => {
  const site = path.join(ROOT, 'dist/site');
  const page = new WebAssembly.Module(fs.readFileSync(path.join(site, fs.readdirSync(site).find((name) => name.endsWith('.wasm')))));
  const [section] = WebAssembly.Module.customSections(page, 'simd');
  const { exports } = (await WebAssembly.instantiate(section)).instance;
  const words = new Uint32Array(exports.memory.buffer, exports.words(), BEGIN.length);
  const blocks = new DataView(exports.memory.buffer, exports.blocks(), 128 * 256);

  /** Digests by the module, of bytes that end where their length just fits into the last four blocks. */
  const taken = (bytes, littleEndian) => {
    words.set(BEGIN);
    const padded = new Uint8Array(bytes.length + 9);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    new DataView(padded.buffer).setBigUint64(bytes.length + 1, 8n * BigInt(bytes.length), littleEndian);
    for (let at = 0; at < padded.length; at += blocks.byteLength) {
      const piece = padded.subarray(at, at + blocks.byteLength);
      new Uint8Array(exports.memory.buffer, blocks.byteOffset).set(piece);
      exports.take(piece.length / 256);
    }
    const [from, to] = littleEndian ? [5, 9] : [0, 5];
    const digest = new DataView(new ArrayBuffer(4 * (to - from)));
    words.slice(from, to).forEach((word, at) => digest.setUint32(4 * at, word, littleEndian));
    return Buffer.from(digest.buffer).toString('hex');
  };

  for (const fours of [1, 2, 127, 128, 129, 300]) {
    const bytes = randomBytes(256 * fours - 9);
    assert.equal(taken(bytes, false), createHash('sha1').update(bytes).digest('hex'), `SHA-1 of ${bytes.length} bytes`);
    assert.equal(taken(bytes, true), createHash('md5').update(bytes).digest('hex'), `MD5 of ${bytes.length} bytes`);
  }
});
