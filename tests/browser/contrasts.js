// Every text of the demo with its contrast against what is behind it, by WCAG 2.2.
(root) => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opaque = (color) => !color.startsWith("rgba") || !color.endsWith(" 0)");
  const behind = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return opaque(color) ? color : behind(node.parentElement);
  };
  const solid = (color, back) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    const under = back.match(/[\d.]+/g).map(Number);
    return `rgb(${[r, g, b].map((c, i) => a * c + (1 - a) * under[i])})`;
  };
  const found = [];
  for (const node of document.querySelectorAll(`${root} *`)) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || node.matches("option")) continue;
    const style = getComputedStyle(node);
    const back = behind(node);
    const [a, b] = [solid(node.closest("svg") ? style.fill : style.color, back), back].map(light);
    found.push([node.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]);
  }
  return found;
}
