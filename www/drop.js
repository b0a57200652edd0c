// The files of a drop, folders walked. Browsers disagree on how (measured):
// from disk Chromium gives folders only by handles; on plain http asking for a
// handle crashes the tab, and entries work; below Chromium 88 from disk neither
// does, and the folder button is the way.

const LIMIT = 100000;

/** Must be called inside the drop handler: the transfer is empty afterwards. */
export function dropped(transfer) {
  const items = [...(transfer.items || [])].filter((item) => item.kind === 'file');
  const files = [...transfer.files];
  let found;
  if (isSecureContext && items.length && items[0].getAsFileSystemHandle) {
    found = items.map((item) => item.getAsFileSystemHandle().then((handle) => handle && walkHandle(handle, '')));
  } else if (location.protocol !== 'file:' && items.length && items[0].webkitGetAsEntry) {
    found = items.map((item) => item.webkitGetAsEntry()).filter(Boolean).map((entry) => walkEntry(entry));
  } else {
    found = files.map((file) => [[file.name, file]]);
  }
  return Promise.all(found.map((one) => Promise.resolve(one).catch(() => [])))
    .then((lists) => [].concat(...lists.filter(Boolean)))
    .then((list) => (list.length ? list : files.map((file) => [file.name, file])));
}

async function walkHandle(handle, folder, out = []) {
  if (out.length >= LIMIT) return out;
  const path = folder + handle.name;
  if (handle.kind === 'file') {
    out.push([path, await handle.getFile()]);
  } else {
    for await (const child of handle.values()) await walkHandle(child, `${path}/`, out);
  }
  return out;
}

async function walkEntry(entry, out = []) {
  if (out.length >= LIMIT) return out;
  if (entry.isFile) {
    const file = await new Promise((ok, no) => entry.file(ok, no));
    out.push([entry.fullPath.replace(/^\//, ''), file]);
    return out;
  }
  const reader = entry.createReader();
  // Entries come in batches; an empty one is the last.
  for (;;) {
    const batch = await new Promise((ok, no) => reader.readEntries(ok, no));
    if (!batch.length) return out;
    for (const child of batch) await walkEntry(child, out);
  }
}
