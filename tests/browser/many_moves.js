// Moves a slider so many times, up and down its range, or presses a button so many times, each
// time until its picture has changed.
async ([control, picture, moves]) => {
  const node = document.querySelector(control);
  const drawing = document.querySelector(picture);
  const slides = node.matches("input[type=range]");
  const [low, high] = [Number(node.min), Number(node.max)];
  let step = Number(node.step);
  for (let n = 0; n < moves; n++) {
    const before = drawing.getAttribute("aria-label");
    const changed = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (drawing.getAttribute("aria-label") === before) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(drawing, { attributes: true, attributeFilter: ["aria-label"] });
    });
    if (slides) {
      const value = Number(node.value);
      if (value + step > high || value + step < low) step = -step;
      node.value = value + step;
      node.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      node.click();
    }
    await changed;
  }
}
