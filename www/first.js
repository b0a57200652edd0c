// The first script of the page, in the oldest style: Internet Explorer runs it too.
(function () {
  var doc = document, root = doc.documentElement;

  // The policy's second half. It cannot stand in the page as it is: engines
  // below 102 or so refuse 'wasm-unsafe-eval' and need 'unsafe-eval' for wasm,
  // which newer ones shall not get. structuredClone tells them apart.
  var meta = doc.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = doc.getElementsByTagName('meta')[1].content +
    "; default-src 'none'; worker-src WORKER_SOURCES; script-src SCRIPT_SOURCES " +
    (window.structuredClone ? "'wasm-unsafe-eval'" : "'unsafe-eval'");
  doc.getElementsByTagName('head')[0].appendChild(meta);

  // The static checklist is what shows unless this class is there, so it also
  // shows where scripts are off.
  if (typeof WebAssembly == 'object' && window.Worker && window.Promise && window.globalThis) {
    root.className = 'xishi-starting';
  }
  // An engine that cannot even read the boot script never set this.
  window.onload = function () {
    if (!window.xishi) root.className = '';
  };
})();
