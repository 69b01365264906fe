// Drags the weight from end to end within one task, and counts the pictures in window.drawn.
() => {
  const slider = document.querySelector(".weight-update input");
  const point = document.querySelector(".weight-update .mark-now");
  window.drawn = 0;
  new MutationObserver(() => { window.drawn += 1; })
    .observe(point, { attributes: true, attributeFilter: ["transform"] });
  for (let i = 0; i <= 200; i++) {
    slider.value = Number(slider.min) + (i / 200) * (slider.max - slider.min);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
