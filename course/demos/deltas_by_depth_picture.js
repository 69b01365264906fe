// The picture of deltas by depth: a bar for each layer on a log scale, the error coming from the right.

const AREA = { left: 54, right: 12, top: 58, bottom: 46 };
// below this width what stands at the right of the headings goes below them
const [NARROW, LINES] = [400, 34];

function powerText(power) {
  return `10${`${power}`.replace(/[-\d]/g, (c) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(c)])}`;
}

function layers(drawing) {
  return { still: shape(drawing, "g"), level: shape(drawing, "path", "level"), bars: [] };
}

// as many bars as layers; those that stay keep the focus
function fitBars(parts, drawing, depth, id) {
  while (parts.bars.length > depth) {
    const { part, name, factor } = parts.bars.pop();
    for (const node of [part.node, name, factor]) node.remove();
  }
  while (parts.bars.length < depth) {
    const part = place(drawing, id);
    part.bar = shape(part.content, "rect", "bar");
    part.truth = shape(part.content, "path", "truth");
    part.text = shape(part.content, "text", "on-paper size");
    const name = shape(drawing, "text", "quiet");
    const factor = shape(drawing, "text", "factor");
    parts.bars.push({ part, name, factor });
  }
}

function drawBars(parts, drawing, data, width, height, id) {
  const depth = data.sizes.length;
  const left = AREA.left;
  const right = width - AREA.right;
  const [top, bottom] = [AREA.top + (width < NARROW ? LINES : 0), height - AREA.bottom];
  const share = (size) => {
    const power = size > 0 ? Math.log10(size) : data.low;
    return Math.min(1, Math.max(0, (power - data.low) / (data.high - data.low)));
  };
  const y = (size) => bottom - share(size) * (bottom - top);
  const column = Math.min(76, (right - left) / depth);
  const start = (left + right) / 2 - (column * depth) / 2;
  const middle = (k) => start + (k + 0.5) * column;
  drawFrame(parts, data, { left, right, top, bottom, y });
  const last = y(data.sizes[depth - 1]);
  parts.level.setAttribute("d", `M${left} ${last}H${right}`);
  fitBars(parts, drawing, depth, id);
  parts.bars.forEach(({ part, name, factor }, k) => {
    const size = data.sizes[k];
    const x = middle(k);
    const half = Math.min(22, column * 0.36);
    const bar = { x: x - half, y: y(size), width: 2 * half, height: Math.max(1.5, bottom - y(size)) };
    set(part.bar, bar);
    const truth = y(data.true_sizes[k]);
    part.truth.setAttribute(
      "d", data.off[k] ? `M${x - half - 4} ${truth}h${2 * half + 8}` : "",
    );
    set(part.text, { x, y: y(size) - 7, "text-anchor": "middle" });
    write(part.text, column >= 52 || size === 0 ? number(size, 2) : "");
    const tall = Math.max(bar.height, bottom - truth, 12);
    setPlace(part, {
      box: { x: x - column / 2 + 1, y: top - 16, width: column - 2, height: bottom - top + 16 },
      hatched: { ...bar, y: bottom - tall, height: tall },
      lines: data.said[k], off: data.off[k],
    });
    set(name, { x, y: bottom + 17, "text-anchor": "middle" });
    write(name, column >= 20 || k % 2 === 0 ? `${k + 1}` : "");
    // between a layer and the one that its error comes from
    const next = data.sizes[k + 1];
    set(factor, { x: x + column / 2, y: bottom + 36, "text-anchor": "middle" });
    write(factor, column >= 46 && next > 0 ? `×${size < 10 * next ? decimal(size / next, 2) : number(size / next, 2)}` : "");
  });
}

function drawFrame(parts, data, { left, right, top, bottom, y }) {
  parts.still.replaceChildren();
  const write = (x, y, text, kind, anchor = "start") => {
    shape(parts.still, "text", kind, { x, y, "text-anchor": anchor }).textContent = text;
  };
  write(0, 14, "Size of each layer's delta", "strong");
  write(0, 31, "root mean square, log scale", "quiet");
  const below = right + AREA.right < NARROW ? LINES : 0;
  const [at, anchor] = below ? [0, "start"] : [right, "end"];
  write(at, 14 + below, "◀ the error flows back", "back", anchor);
  write(at, 31 + below, "dashed: its size at the output", "quiet", anchor);
  const range = data.high - data.low;
  const step = [1, 2, 4, 8, 16, 32, 64, 128].find((power) => range / power <= 8);
  for (let power = Math.ceil(data.low / step) * step; power <= data.high; power += step) {
    const level = y(10 ** power);
    if (power !== data.low) shape(parts.still, "path", "rule", { d: `M${left} ${level}H${right}` });
    write(left - 8, level + 4, powerText(power), "quiet", "end");
  }
  shape(parts.still, "path", "axis", { d: `M${left} ${bottom}H${right}` });
  write(0, bottom + 17, "layer", "quiet");
}
