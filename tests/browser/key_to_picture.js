// Pushes to window.delays the milliseconds from each key to the painted picture that it moved.
([selector, attribute]) => {
  const slider = document.activeElement;
  const point = document.querySelector(selector);
  let pressed = 0;
  let shown = point.getAttribute(attribute);
  window.delays = [];
  window.painted = 0;
  slider.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  // one watches at a time: an earlier one knows nothing of this slider's keys
  window.watcher?.disconnect();
  window.watcher = new MutationObserver(() => {
    // attributes that are set to what they were are reported too
    if (shown === point.getAttribute(attribute)) return;
    shown = point.getAttribute(attribute);
    requestAnimationFrame(() => {
      // a message posted from a frame arrives after that frame is painted
      const drawn = new MessageChannel();
      drawn.port1.onmessage = () => {
        window.painted = performance.now();
        window.delays.push(window.painted - pressed);
      };
      drawn.port2.postMessage(0);
    });
  });
  window.watcher.observe(point, { attributes: true, attributeFilter: [attribute] });
}
