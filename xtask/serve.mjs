// Serves a folder on a free loopback port: `node serve.mjs FOLDER [FILE]`.
// FILE is only named beside it, to be opened without any server.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.png': 'image/png',
};

const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";

export function serve(folder) {
  const root = path.resolve(folder);
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = path.join(root, name.endsWith('/') ? `${name}index.html` : name);
    const type = TYPES[path.extname(file)];
    if (!file.startsWith(root + path.sep) || !type || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' };
    // A worker from a file of its own does not take over the page's policy.
    if (name.includes('/worker-')) headers['Content-Security-Policy'] = WORKER_POLICY;
    response.writeHead(200, headers);
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ server, port: server.address().port }));
  });
}

if (process.argv[1]?.endsWith('serve.mjs')) {
  const [folder, file] = process.argv.slice(2);
  const { port } = await serve(folder);
  if (file) console.log(`\nOpen the file:    ${pathToFileURL(path.resolve(file))}`);
  console.log(`Or the same site: http://127.0.0.1:${port}/\n\nCtrl-C ends the server.`);
}
