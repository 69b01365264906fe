// What of a demo does not fit: text outside its panel or its box, text that is cut off, texts that
// meet.
(demo) => {
  const root = document.querySelector(demo);
  const panel = root.querySelector(".panel");
  const { left, right } = panel.getBoundingClientRect();
  const lost = panel.scrollWidth > panel.clientWidth ? [["the panel scrolls"]] : [];
  const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && node.getBoundingClientRect().width > 0;
  // what has a scrollbar of its own, and the focus, is reached by it
  const elsewhere = "[tabindex='0'], .announced, option";
  const texts = [...root.querySelectorAll("*")].filter((node) => seen(node)
    && !(node.closest(elsewhere) && node.closest("svg") === null)
    && [...node.childNodes].some((part) => part.nodeType === 3 && part.textContent.trim()));
  // a picture too wide for the panel has a scrollbar, and places in it that take the focus
  const scrolled = (node, end) => {
    for (let at = node.parentElement; at && at !== end; at = at.parentElement) {
      const wide = at.scrollWidth > at.clientWidth + 1;
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(at).overflowX);
      if (wide && scrolls && (at.tabIndex >= 0 || at.querySelector("[tabindex='0']"))) return true;
    }
    return false;
  };
  const labels = [];
  for (const node of texts) {
    const box = node.getBoundingClientRect();
    if ((box.left < left - 1 || box.right > right + 1) && !scrolled(node, panel)) {
      lost.push(["outside", node.textContent]);
    }
    const cut = node.scrollWidth > node.clientWidth + 1;
    if (cut && getComputedStyle(node).overflowX !== "visible") lost.push(["cut", node.textContent]);
    if (node.matches("svg text")) labels.push([node.textContent, box]);
    const around = node.parentElement.querySelector(":scope > rect.box")?.getBoundingClientRect();
    if (around && (box.left < around.left || box.right > around.right)) {
      lost.push(["over the edge", node.textContent]);
    }
  }
  labels.forEach(([text, one], n) => labels.slice(0, n).forEach(([other, two]) => {
    const across = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
    if (across > 2 && down > 4) lost.push(["meet", text, other]);
  }));
  return lost;
}
