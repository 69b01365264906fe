// Keeps in window.times when keys went down and up and when each new picture was painted.
// A picture is another one when its `attribute` is; `area` is what holds it, however often anew.
([area, picture, attribute]) => {
  const root = document.querySelector(area) ?? document.body;
  const seen = () => root.querySelector(picture)?.getAttribute(attribute) ?? null;
  const times = window.times = {
    pressed: 0, keys: 0, released: 0, painted: 0, pictures: 0, delays: [], shown: seen(),
  };
  const painted = (since) => requestAnimationFrame(() => {
    // a message posted from a frame arrives after that frame is painted
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => {
      times.painted = performance.now();
      times.pictures += 1;
      times.delays.push(times.painted - since);
    };
    drawn.port2.postMessage(0);
  });
  // a matplotlib picture is an img, which is not painted before it is decoded; one that is
  // replaced while it is decoded rejects, and then the one in its place is meant
  const decoded = async () => {
    for (let tries = 0; tries < 10; tries++) {
      const node = root.querySelector(picture);
      if (!node?.decode) return;
      try {
        return await node.decode();
      } catch {
        await new Promise(requestAnimationFrame);
      }
    }
  };
  // by the event's own time: what the browser did before its listeners were called counts too
  window.addEventListener("keydown", (event) => {
    times.pressed = event.timeStamp;
    times.keys += 1;
  }, true);
  window.addEventListener("keyup", (event) => { times.released = event.timeStamp; }, true);
  new MutationObserver(async () => {
    // attributes that are set to what they were are reported too
    const now = seen();
    if (now === null || now === times.shown) return;
    times.shown = now;
    const since = times.pressed;
    await decoded();
    painted(since);
  }).observe(root, {
    attributes: true, childList: true, subtree: true, attributeFilter: [attribute],
  });
}
