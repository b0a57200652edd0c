// The files that the browser benchmark reads, made once under target/bench.
import fs from 'node:fs';
import path from 'node:path';

const words = (values) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
};
const u32 = (...values) => words(values);
const u64 = (value) => {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64BE(BigInt(value));
  return eight;
};
const box = (type, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type), body]);
};

/**
 * An H.264 MP4 of 25 frames a second: `moov` behind the data, as recorders
 * write it, a chunk a second, 64-bit sizes; all of a picture but its start is
 * a hole in the file.
 */
export function mp4(file, { seconds, bytes, start = 1_767_225_600 }) {
  const rate = 25;
  const samples = seconds * rate;
  const size = Math.floor(bytes / samples);
  const ftyp = box('ftyp', Buffer.from('isom'), u32(0), Buffer.from('isomavc1'));
  const data = ftyp.length + 16;
  const created = start + 2_082_844_800; // since 1904
  const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  const avcc = box('avcC', Buffer.from([1, 0x42, 0, 0x1e, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0, 0x1e, 1, 0, 2, 0x68, 0xce]));
  const entry = box('avc1', Buffer.alloc(6), Buffer.from([0, 1]), Buffer.alloc(16), Buffer.from([7, 128, 4, 56]),
    u32(0x480000, 0x480000, 0), Buffer.from([0, 1]), Buffer.alloc(32), Buffer.from([0, 24, 255, 255]), avcc);
  const sizes = Array.from({ length: samples }, (_, index) => size - (index % 7)); // one a sample, as cameras write
  const offsets = [];
  let at = data;
  for (let chunk = 0; chunk < seconds; chunk++) {
    offsets.push(u64(at));
    for (let index = 0; index < rate; index++) at += sizes[chunk * rate + index];
  }
  const stbl = box('stbl',
    box('stsd', u32(0, 1), entry),
    box('stts', u32(0, 1, samples, 1)),
    box('stss', u32(0, seconds), words(Array.from({ length: seconds }, (_, index) => index * rate + 1))),
    box('stsc', u32(0, 1, 1, rate, 1)),
    box('stsz', u32(0, 0, samples), words(sizes)),
    box('co64', u32(0, seconds), ...offsets));
  const dinf = box('dinf', box('dref', u32(0, 1), box('url ', u32(1))));
  const minf = box('minf', box('vmhd', u32(1, 0, 0)), dinf, stbl);
  const mdia = box('mdia',
    box('mdhd', u32(0, created, created, rate, samples, 0x55c40000)),
    box('hdlr', u32(0, 0), Buffer.from('vide'), Buffer.alloc(13)), minf);
  const tkhd = box('tkhd', u32(7, created, created, 1, 0, seconds * 1000, 0, 0, 0, 0), matrix, u32(1920 << 16, 1080 << 16));
  const mvhd = box('mvhd', u32(0, created, created, 1000, seconds * 1000, 0x10000, 0x1000000, 0, 0), matrix,
    u32(0, 0, 0, 0, 0, 0, 2));
  const moov = box('moov', mvhd, box('trak', tkhd, mdia));
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, Buffer.concat([ftyp, u32(1), Buffer.from('mdat'), u64(at - data + 16)]), 0, data, 0);
  // A frame that starts with zeroes was never written: each gets its length.
  const length = Buffer.alloc(8, 0x41);
  let place = data;
  for (const each of sizes) {
    length.writeUInt32BE(each - 4, 0);
    fs.writeSync(out, length, 0, 8, place);
    place += each;
  }
  fs.writeSync(out, moov, 0, moov.length, at);
  fs.closeSync(out);
}

/** A recording list of `rows` rows: 16 channels, a file each five minutes. */
export function list(file, rows) {
  const out = fs.openSync(file, 'w');
  const stamp = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  let text = '\ufeff通道号,开始时间,结束时间,文件大小,录像类型\n';
  const from = Date.UTC(2026, 10, 23) / 1000 - Math.ceil(rows / 16) * 300;
  for (let row = 0; row < rows; row++) {
    const start = from + Math.floor(row / 16) * 300;
    text += `D${(row % 16) + 1},${stamp(start)},${stamp(start + 300)},${70_000_000 + (row % 1000)},定时录像\n`;
    if (text.length > 1 << 20) {
      fs.writeSync(out, text);
      text = '';
    }
  }
  fs.writeSync(out, text);
  fs.closeSync(out);
}

/** Bytes that no file system can leave out. */
export function noise(file, bytes) {
  const out = fs.openSync(file, 'w');
  const piece = Buffer.alloc(1 << 20);
  let state = 1;
  for (let at = 0; at < piece.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    piece.writeUInt32LE(state, at);
  }
  for (let at = 0; at < bytes; at += piece.length) {
    piece.writeUInt32LE(at / piece.length, 0);
    fs.writeSync(out, piece);
  }
  fs.closeSync(out);
}

/** `make(path)` unless the file is there; its path. */
export function once(file, make) {
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    make(`${file}.partial`);
    fs.renameSync(`${file}.partial`, file);
  }
  return file;
}
