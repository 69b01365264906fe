// The picture of a decision boundary: axes, points, rings and marks above the coloured plane,
// and the small curve of the loss.

const FRAME = { left: 40, right: 10, top: 8, bottom: 40 };
const SHAPES = ["circle", "square", "triangle", "diamond"];
const OUTLINES = [
  (r, x = 0, y = 0) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  (r, x = 0, y = 0) => `M${x - 0.88 * r} ${y - 0.88 * r}h${1.76 * r}v${1.76 * r}h${-1.76 * r}Z`,
  (r, x = 0, y = 0) => `M${x} ${y - 1.2 * r}L${x + 1.1 * r} ${y + 0.8 * r}h${-2.2 * r}Z`,
  (r, x = 0, y = 0) => (
    `M${x} ${y - 1.25 * r}L${x + 1.25 * r} ${y}L${x} ${y + 1.25 * r}L${x - 1.25 * r} ${y}Z`),
];
const MARKS_ACROSS = 13; // the small signs that name each region without its colour

function layers(drawing, classes) {
  const parts = { still: shape(drawing, "g"), marks: [] };
  for (let k = 0; k < classes; k++) parts.marks.push(shape(drawing, "path", `mark class-${k}`));
  parts.halo = shape(drawing, "path", "boundary-halo");
  parts.boundary = shape(drawing, "path", "boundary");
  parts.points = shape(drawing, "g");
  parts.dots = [];
  parts.cursor = shape(drawing, "g", "cursor");
  shape(parts.cursor, "path", "cross-halo", { d: "M-18 0H-9M9 0H18M0 -18V-9M0 9V18" });
  shape(parts.cursor, "path", "cross", { d: "M-18 0H-9M9 0H18M0 -18V-9M0 9V18" });
  parts.ghost = shape(parts.cursor, "path", "ghost");
  return parts;
}

// where the plane lies in the picture, and how its coordinates become pixels
function placed(width, p) {
  const inner = width - FRAME.left - FRAME.right;
  const ratio = (p.top - p.bottom) / (p.right - p.left);
  const [left, top, right] = [FRAME.left, FRAME.top, width - FRAME.right];
  const bottom = top + Math.round(inner * ratio);
  return {
    left, right, top, bottom, ratio, width, height: bottom + FRAME.bottom,
    x: (x) => left + ((x - p.left) / (p.right - p.left)) * (right - left),
    y: (y) => bottom - ((y - p.bottom) / (p.top - p.bottom)) * (bottom - top),
  };
}

function drawAxes(parts, p, area) {
  parts.still.replaceChildren();
  const write = (x, y, text, kind, anchor) => {
    shape(parts.still, "text", kind, { x, y, "text-anchor": anchor }).textContent = text;
  };
  shape(parts.still, "path", "axis", {
    d: `M${area.left} ${area.top}H${area.right}V${area.bottom}H${area.left}Z`,
  });
  for (const [x, text] of ticks(p.left, p.right, area.width / 90)) {
    shape(parts.still, "path", "axis", { d: `M${area.x(x)} ${area.bottom}v4` });
    write(area.x(x), area.bottom + 17, text, "quiet", "middle");
  }
  for (const [y, text] of ticks(p.bottom, p.top, (area.bottom - area.top) / 60)) {
    shape(parts.still, "path", "axis", { d: `M${area.left} ${area.y(y)}h-4` });
    write(area.left - 8, area.y(y) + 4, text, "quiet", "end");
  }
  write((area.left + area.right) / 2, area.bottom + 35, "X[:, 0] across, X[:, 1] up", "quiet",
    "middle");
}

function drawRegions(parts, field, area) {
  const empty = !field.cells;
  const x = (column) => area.left + (column / (field.side - 1)) * (area.right - area.left);
  const y = (row) => area.bottom - (row / (field.side - 1)) * (area.bottom - area.top);
  const line = empty ? "" : boundary(field, x, y);
  set(parts.boundary, { d: line });
  set(parts.halo, { d: line });
  const signs = parts.marks.map(() => []);
  const up = Math.max(3, Math.round(MARKS_ACROSS * area.ratio));
  for (let j = 0; j < up && !empty; j++) {
    for (let i = 0; i < MARKS_ACROSS; i++) {
      const column = ((i + 0.5) / MARKS_ACROSS) * (field.side - 1);
      const row = ((j + 0.5) / up) * (field.side - 1);
      const { label, p } = classAt(field, column, row);
      const r = 1 + 2.6 * sureness(p, field.classes);
      const [left, top, radius] = [x(column), y(row), r].map((n) => Number(n.toFixed(1)));
      signs[label].push(OUTLINES[label](radius, left, top));
    }
  }
  parts.marks.forEach((mark, k) => set(mark, { d: signs[k].join("") }));
}

// points: rows x, y, label, predicted (−1 for none yet); a ring marks those in a wrong region
function drawPoints(parts, points, area, anew) {
  const count = points.length / 4;
  while (parts.dots.length > count) parts.dots.pop().node.remove();
  while (parts.dots.length < count) {
    const node = shape(parts.points, "g");
    for (const name of ["ring-halo", "ring"]) shape(node, "circle", name, { r: 9 });
    parts.dots.push({ node, dot: shape(node, "path") });
  }
  const radius = area.width < 380 || count > 400 ? 4 : 5;
  parts.dots.forEach((one, n) => {
    const [x, y, label, own] = [0, 1, 2, 3].map((row) => points[row * count + n]);
    const still = [x, y, label, area.width].join();
    if (anew || one.still !== still) {
      put(one.node, area.x(x), area.y(y));
      set(one.dot, { class: `dot class-${label}`, d: OUTLINES[label](radius) });
      one.still = still;
    }
    const wrong = own >= 0 && own !== label;
    if (one.wrong === wrong) return;
    one.wrong = wrong;
    one.node.setAttribute("class", wrong ? "point wrong" : "point");
  });
}

function drawCurve(drawing, curve, name) {
  const [width, height] = [230, 118];
  const count = curve.length / 2;
  const area = { left: 44, right: width - 6, top: 28, bottom: height - 18 };
  const values = curve.subarray(count);
  const high = Math.max(1e-12, ...values);
  const last = Math.max(1, curve[count - 1] || 0);
  const x = (step) => area.left + (step / last) * (area.right - area.left);
  const y = (value) => area.bottom - (value / high) * (area.bottom - area.top);
  drawing.replaceChildren();
  const write = (x, y, text, kind, anchor) => {
    shape(drawing, "text", kind, { x, y, "text-anchor": anchor }).textContent = text;
  };
  write(0, 13, name === "loss" ? "Loss" : "Wrong points", "strong", "start");
  shape(drawing, "path", "rule", { d: `M${area.left} ${area.top}H${area.right}` });
  shape(drawing, "path", "axis", { d: `M${area.left} ${area.bottom}H${area.right}` });
  write(area.left - 6, area.bottom + 4, "0", "quiet", "end");
  if (count) {
    write(area.left - 6, area.top + 4, number(high), "quiet", "end");
    write(area.right, height - 3, `step ${number(last, 6)}`, "quiet", "end");
    const path = [...values].map((v, i) => `${x(curve[i]).toFixed(1)} ${y(v).toFixed(1)}`);
    shape(drawing, "path", "loss-line", { d: `M${path.join("L")}` });
    shape(drawing, "circle", "loss-now", {
      r: 3.5, cx: x(curve[count - 1]), cy: y(values[count - 1]),
    });
    write(width, 13, number(values[count - 1]), "", "end");
  }
  set(drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
}
