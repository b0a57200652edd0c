// Follows the glue in every worker. The first message brings the compiled
// module; starting it is synchronous, so later messages simply wait in the
// queue until the wasm has put its own handler in the place of this one.
self.onmessage = (event) => {
  self.onmessage = null;
  try {
    wasm_bindgen.initSync({ module: event.data.module });
  } catch (error) {
    postMessage({ xishi: 'failed', error: String((error && error.message) || error) });
  }
};
