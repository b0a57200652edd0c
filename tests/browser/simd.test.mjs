// The second module, which the page carries and its workers run where the
// browser knows SIMD: SHA-256, and SHA-1 and MD5 at once.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { ROOT } from './engines.mjs';

const BLOCK = 64;
/** Bytes that the module has room for. */
const ROOM = 512 * BLOCK;
const MD5 = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
const SHA1 = [...MD5, 0xc3d2e1f0];
const SHA256 = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

test('the second module takes blocks as others do', async () => {
  const site = path.join(ROOT, 'dist/site');
  const page = new WebAssembly.Module(fs.readFileSync(path.join(site, fs.readdirSync(site).find((name) => name.endsWith('.wasm')))));
  const [section] = WebAssembly.Module.customSections(page, 'simd');
  const { exports } = (await WebAssembly.instantiate(section)).instance;

  /** The words that a function of the module comes to, of bytes that end where their length just fits into a block. */
  const words = (take, begin, bytes, littleEndian) => {
    const words = new Uint32Array(exports.memory.buffer, exports.words(), begin.length);
    const blocks = new Uint8Array(exports.memory.buffer, exports.blocks(), ROOM);
    words.set(begin);
    const padded = new Uint8Array(bytes.length + 9);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    new DataView(padded.buffer).setBigUint64(bytes.length + 1, 8n * BigInt(bytes.length), littleEndian);
    for (let at = 0; at < padded.length; at += ROOM) {
      const piece = padded.subarray(at, at + ROOM);
      blocks.set(piece);
      take(piece.length / BLOCK);
    }
    return [...words];
  };
  const hex = (words, littleEndian) => {
    const digest = new DataView(new ArrayBuffer(4 * words.length));
    words.forEach((word, at) => digest.setUint32(4 * at, word, littleEndian));
    return Buffer.from(digest.buffer).toString('hex');
  };
  const same = (name, digest, bytes) =>
    assert.equal(digest, createHash(name).update(bytes).digest('hex'), `${name} of ${bytes.length} bytes`);

  for (const blocks of [4, 8, 508, 512, 516, 1200]) {
    const bytes = randomBytes(BLOCK * blocks - 9);
    same('sha1', hex(words(exports.take_both, [...SHA1, ...MD5], bytes, false).slice(0, 5), false), bytes);
    same('md5', hex(words(exports.take_both, [...SHA1, ...MD5], bytes, true).slice(5), true), bytes);
  }
  for (const blocks of [1, 2, 511, 512, 513, 1201]) {
    const bytes = randomBytes(BLOCK * blocks - 9);
    same('sha256', hex(words(exports.take_sha256, SHA256, bytes, false), false), bytes);
  }
});
