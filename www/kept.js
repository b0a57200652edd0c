// What was found of files, kept in this browser where the user chose that:
// a list of files goes on after its tab was closed. IndexedDB, for there is
// more of it than localStorage takes. All fail quietly: files are read again.

const NAME = 'xishi/readings';
const STORE = 'readings';
/** Bytes, roughly, that are kept; the oldest make room. */
const MOST = 64 << 20;

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = request.onblocked = () => reject(request.error);
});

/** Does `work` with the store; what it returned, once all is written. */
async function inStore(mode, work) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => {
    // By age, with the bytes: what makes room is found without reading it.
    opening.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex('age', ['at', 'bytes']);
  };
  const database = await settled(opening);
  database.onversionchange = () => database.close();
  try {
    const transaction = database.transaction(STORE, mode);
    const written = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    const result = work(transaction.objectStore(STORE));
    await written;
    return await result;
  } finally {
    database.close();
  }
}

function makeRoom(store) {
  let kept = 0;
  store.index('age').openKeyCursor(null, 'prev').onsuccess = ({ target: { result: cursor } }) => {
    if (!cursor) return;
    kept += cursor.key[1];
    if (kept > MOST) store.delete(cursor.primaryKey);
    cursor.continue();
  };
}

/** The records of these keys, `undefined` where there is none. */
export const recall = (keys) =>
  inStore('readonly', (store) => Promise.all(keys.map((key) => settled(store.get(key)))));

/** Keeps records: `{ key, at, bytes, … }`, `at` being a time that orders them. */
export const keep = (records) => inStore('readwrite', (store) => {
  for (const record of records) store.put(record);
  makeRoom(store);
});

/** Leaves nothing. Async, so that where the browser blocks storage, which throws, this too fails quietly. */
export const forget = async () => settled(indexedDB.deleteDatabase(NAME));
