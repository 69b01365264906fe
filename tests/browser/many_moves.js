// Moves a slider so many times, up and down its range, each time until its picture has changed.
async ([slider, picture, moves]) => {
  const input = document.querySelector(slider);
  const drawing = document.querySelector(picture);
  const [low, high] = [Number(input.min), Number(input.max)];
  let step = Number(input.step);
  for (let n = 0; n < moves; n++) {
    const before = drawing.getAttribute("aria-label");
    const value = Number(input.value);
    if (value + step > high || value + step < low) step = -step;
    const changed = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (drawing.getAttribute("aria-label") === before) return;
        watch.disconnect();
        resolve();
      });
      watch.observe(drawing, { attributes: true, attributeFilter: ["aria-label"] });
    });
    input.value = value + step;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await changed;
  }
}
