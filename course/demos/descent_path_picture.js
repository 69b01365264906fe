// The picture of a descent along two weights: contour lines, arrow, step, path.

const RAY = 62; // pixels of the arrow, whatever the size of the gradient
const MOST_HEIGHT = 408;

const PLANE_MARKS = {
  ...MARKS,
  slope: (g) => {
    shape(g, "path", "line ray", { d: "M-9 6L6 -4" });
    shape(g, "path", "head ray", { d: "M9 -6L6 1L2 -5Z" });
  },
  cost: (g) => shape(g, "path", "through", { d: "M-8 4Q0 -7 8 -1" }),
  predicted: () => {},
};

function planeLayers(root) {
  const clip = unique("descent-path");
  const frame = shape(shape(root, "clipPath", "", { id: clip }), "rect");
  const grid = shape(root, "g", "grid");
  const inside = shape(root, "g", "", { "clip-path": `url(#${clip})` });
  const parts = { frame, grid };
  parts.levels = shape(inside, "g", "levels");
  parts.through = shape(inside, "path", "through");
  parts.names = shape(inside, "g", "names");
  parts.path = shape(inside, "path", "path");
  parts.past = shape(inside, "g", "past");
  parts.corner = shape(inside, "path", "corner");
  for (const name of ["downhill", "ray", "step"]) {
    parts[name] = shape(inside, "g", name);
    for (const part of ["line", "head"]) shape(parts[name], "path", `${part} ${name}`);
  }
  for (const name of ["true", "now"]) {
    parts[name] = shape(inside, "g", `mark-${name}`);
    MARKS[name](parts[name]);
  }
  for (const name of ["note-angle", "note-downhill", "note-new"]) {
    parts[name] = shape(root, "text", "note");
  }
  return parts;
}

// one scale for both weights, so that a right angle is one
function planeArea(p, width) {
  const [left, right, bottom, top] = p.shown;
  const most = width - MARGIN.left - MARGIN.right;
  const across = Math.min(most, MOST_HEIGHT * (right - left) / (top - bottom));
  const scale = across / (right - left);
  const start = MARGIN.left + (most - across) / 2;
  const base = MARGIN.top + scale * (top - bottom);
  return {
    left: start, right: start + across, top: MARGIN.top, bottom: base,
    height: base + MARGIN.bottom,
    x: (w) => start + scale * (w - left),
    y: (w) => base - scale * (w - bottom),
    weights: (x, y) => [left + (x - start) / scale, bottom + (base - y) / scale],
  };
}

function drawPlane(parts, p, levels, lines, area) {
  const { left, right, top, bottom, x, y } = area;
  parts.grid.replaceChildren();
  set(parts.frame, { x: left, y: top, width: right - left, height: bottom - top });
  const words = (name, place, text) => {
    shape(parts.grid, "text", name, place).textContent = text;
  };
  for (const [value, text] of ticks(p.shown[0], p.shown[1], (right - left) / 70)) {
    shape(parts.grid, "path", "tick", { d: `M${x(value)} ${bottom}v5` });
    words("", { x: x(value), y: bottom + 18, "text-anchor": "middle" }, text);
  }
  for (const [value, text] of ticks(p.shown[2], p.shown[3], (bottom - top) / 44)) {
    shape(parts.grid, "path", "tick", { d: `M${left} ${y(value)}h-5` });
    words("", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, text);
  }
  shape(parts.grid, "path", "axis", { d: `M${left} ${top}V${bottom}H${right}V${top}Z` });
  words("name", { x: right, y: bottom + 36, "text-anchor": "end" }, `weight ${p.weights[0]}`);
  words("name", { x: left - 44, y: 14 }, `weight ${p.weights[1]}`);
  if (right - left > 320) words("", { x: left, y: bottom + 36 }, "click to put the point");
  parts.levels.replaceChildren();
  parts.names.replaceChildren();
  let start = 0;
  for (const { text, label, points } of levels) {
    const d = traced(lines.subarray(2 * start, 2 * (start + points)), area);
    start += points;
    shape(parts.levels, "path", "level", { d });
    if (!label) continue;
    const [across, up, degrees] = label;
    shape(parts.names, "text", "", {
      "text-anchor": "middle", dy: "0.35em",
      transform: `translate(${x(across).toFixed(1)} ${y(up).toFixed(1)}) rotate(${-degrees})`,
    }).textContent = text;
  }
}

// points to a path that begins anew after each nan
function traced(points, { x, y }) {
  let d = "";
  let pen = "M";
  for (let i = 0; i < points.length; i += 2) {
    const here = Number.isFinite(points[i]);
    if (here) d += `${pen}${x(points[i]).toFixed(1)} ${y(points[i + 1]).toFixed(1)}`;
    pen = here ? "L" : "M";
  }
  return d;
}

function drawPath(parts, past, p, area) {
  const { x, y } = area;
  parts.path.setAttribute("d", past.length ? traced([...past, ...p.point], area) : "");
  const circles = parts.past.children;
  const count = past.length / 2;
  while (circles.length > count) circles[circles.length - 1].remove();
  while (circles.length < count) shape(parts.past, "circle", "", { r: 3.5 });
  for (let i = 0; i < count; i++) {
    set(circles[i], { cx: x(past[2 * i]), cy: y(past[2 * i + 1]) });
  }
}

// the head is a shape of its own, which the dashes of the line leave whole
function drawArrow(node, [x, y], [dx, dy], length, width = 5) {
  const head = Math.min(11, length);
  const [ex, ey] = [x + dx * length, y + dy * length];
  const [bx, by] = [ex - dx * head, ey - dy * head];
  const [line, point] = node.children;
  line.setAttribute("d", `M${x} ${y}L${bx} ${by}`);
  const side = width * head / 11;
  const ends = `${bx - dy * side} ${by + dx * side}L${bx + dy * side} ${by - dx * side}`;
  point.setAttribute("d", `M${ex} ${ey}L${ends}Z`);
}

// downhill on the screen, where y grows downwards, at length 1; null where there is no slope
function against(slopes) {
  const size = slopes && Math.hypot(...slopes);
  return size ? [-slopes[0] / size, slopes[1] / size] : null;
}

function drawDescent(parts, p, area) {
  const { left, right, top, bottom, x, y } = area;
  const notes = ["note-angle", "note-downhill", "note-new"];
  const known = (name) => p[name] !== null;
  const here = [x(p.point[0]), y(p.point[1])];
  const [way, downhill] = [against(p.slopes), against(p.curve_slopes)];
  show(parts, notes, false);
  show(parts, ["ray"], way);
  show(parts, ["downhill"], downhill && !p.right && (p.uphill || !p.square));
  show(parts, ["corner"], way && downhill && p.angle !== null);
  show(parts, ["step"], way && known("new_point"));
  show(parts, ["true"], way && known("true_cost"));
  put(parts.now, ...here);
  if (!way) return;
  drawArrow(parts.ray, here, way, RAY);
  if (downhill) {
    drawArrow(parts.downhill, here, downhill, RAY);
    if (p.angle !== null) drawAngle(parts, p, here, way, downhill);
    if (parts.downhill.style.display === "") {
      const [dx, dy] = downhill;
      const end = [here[0] + dx * (RAY + 8), here[1] + dy * (RAY + 12) + 4];
      note(parts["note-downhill"], "true", ...end, dx < 0);
    }
  }
  if (!known("new_point")) return;
  const [ex, ey] = [x(p.new_point[0]), y(p.new_point[1])];
  const [dx, dy] = [ex - here[0], ey - here[1]];
  // as much of the step as lies in the picture
  const part = Math.min(
    1, dx > 0 ? (right - here[0]) / dx : dx < 0 ? (left - here[0]) / dx : 1,
    dy > 0 ? (bottom - here[1]) / dy : dy < 0 ? (top - here[1]) / dy : 1,
  );
  const length = Math.max(0, part) * Math.hypot(dx, dy);
  drawArrow(parts.step, here, way, length, 6);
  show(parts, ["ray"], length < RAY);
  // browsers draw nothing that is too many pixels away
  put(parts.true, ...[ex, ey].map((pixel) => Math.min(1e5, Math.max(-1e5, pixel))));
  if (part >= 1) return;
  const end = [here[0] + way[0] * length, here[1] + way[1] * length];
  const text = `to (${p.new_point.map((value) => number(value)).join(", ")})`;
  const before = end[0] > (left + right) / 2;
  const level = Math.min(bottom - 10, Math.max(top + 18, end[1] + (way[1] < 0 ? 18 : -10)));
  note(parts["note-new"], text, end[0] + (before ? -12 : 12), level, before);
}

// between the arrow and the contour line: a corner where it is right, else an arc with degrees
function drawAngle(parts, p, [x, y], way, downhill) {
  let along = [-downhill[1], downhill[0]];
  if (along[0] * way[0] + along[1] * way[1] < 0) along = along.map((part) => -part);
  const from = ([dx, dy], length) => [x + dx * length, y + dy * length];
  const middle = [way[0] + along[0], way[1] + along[1]];
  if (p.square) {
    const corner = [from(along, 13), from(middle, 13), from(way, 13)];
    parts.corner.setAttribute("d", `M${corner.map((point) => point.join(" ")).join("L")}`);
    return;
  }
  const sweep = along[0] * way[1] - along[1] * way[0] > 0 ? 1 : 0;
  const [start, end] = [from(along, 30).join(" "), from(way, 30).join(" ")];
  parts.corner.setAttribute("d", `M${start}A30 30 0 0 ${sweep} ${end}`);
  const size = Math.hypot(...middle);
  const at = from(middle.map((part) => part / size), 44);
  note(parts["note-angle"], `${p.angle.toFixed(0)}°`, at[0], at[1] + 4, middle[0] < 0);
}
