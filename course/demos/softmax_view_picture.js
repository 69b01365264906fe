// The picture of a softmax: a row for each class, with its p and two arrows; the pushes below.

const ROW = 40;
const HEAD = 46;
const NARROW = 320;
const CHART = { top: 88, height: 130, foot: 40 };

function columns(width) {
  const label = width < 460 ? 34 : 78;
  const gap = width < 460 ? 10 : 22;
  const text = width < 460 ? 42 : 52;
  const panel = (width - label - 2 * gap) / 3;
  const at = (n) => label + n * (panel + gap);
  return [0, 1, 2].map((n) => ({ left: at(n), right: at(n) + panel - text, end: at(n) + panel }));
}

function layers(drawing, classes, id) {
  drawing.replaceChildren();
  hatching(drawing, id);
  const still = shape(drawing, "g");
  const rows = [];
  for (let k = 0; k < classes; k++) {
    const row = { label: shape(drawing, "text", "class") };
    row.target = shape(drawing, "path", "target");
    for (const name of ["p", "slope", "other"]) {
      const part = place(drawing, id);
      part.node.classList.add(name);
      part.mark = shape(part.content, name === "p" ? "rect" : "path", `mark-${name}`);
      part.truth = shape(part.content, "path", "truth");
      part.text = shape(part.content, "text", "on-paper");
      // an arrow is seen above its hatching, a bar below
      if (name !== "p") part.node.insertBefore(part.hatch, part.content);
      row[name] = part;
    }
    rows.push(row);
  }
  const chart = { still: shape(drawing, "g") };
  for (const name of ["push", "other-push", "now-line"]) chart[name] = shape(drawing, "path", name);
  chart.cross = shape(drawing, "circle", "now-cross", { r: 6 });
  chart.square = shape(drawing, "rect", "now-square", { x: -5, y: -5, width: 10, height: 10 });
  return { still, rows, chart };
}

function drawStill(parts, width, classes, compared) {
  const [p, slope, other] = columns(width);
  const bottom = HEAD + classes * ROW;
  const narrow = width < 460;
  parts.still.replaceChildren();
  const heads = [
    [p, ["p", narrow ? "" : "softmax of the logits"]],
    [slope, [narrow ? "p − y" : "gradient p − y", narrow ? "cross-entr." : "cross-entropy"]],
    [other, [narrow ? "dC/dz" : "gradient dC/dz", narrow ? "quadratic" : `quadratic, ${compared}`]],
  ];
  for (const [column, [name, more]] of heads) {
    const write = (y, text, kind) => {
      shape(parts.still, "text", kind, { x: column.left, y }).textContent = text;
    };
    write(14, name, "strong");
    write(31, more, "quiet");
  }
  for (let k = 0; k <= classes; k++) {
    const y = HEAD + k * ROW;
    shape(parts.still, "path", "rule", { d: `M0 ${y}H${width}` });
  }
  const axis = (x, text) => {
    shape(parts.still, "path", "axis", { d: `M${x} ${HEAD}V${bottom}` });
    const place = { x, y: bottom + 16, "text-anchor": "middle" };
    shape(parts.still, "text", "quiet", place).textContent = text;
  };
  axis(p.left, "0");
  axis(p.right, "1");
  for (const column of [slope, other]) {
    const middle = (column.left + column.right) / 2;
    axis(middle, width < NARROW ? "" : "0");
    for (const [x, text] of [[column.left, "−1"], [column.right, "1"]]) {
      const place = { x, y: bottom + 16, "text-anchor": "middle" };
      shape(parts.still, "text", "quiet", place).textContent = text;
    }
  }
}

function arrow(from, to, y) {
  const head = Math.min(7, Math.abs(to - from));
  const back = to - Math.sign(to - from) * head;
  if (head < 0.5) return "";
  return `M${from} ${y}H${to}M${back} ${y - head}L${to} ${y}L${back} ${y + head}`;
}

function drawRows(parts, data, width) {
  const [p, slope, other] = columns(width);
  const clip = (x) => Math.min(1, Math.max(-1, x));
  parts.rows.forEach((row, k) => {
    const [top, y] = [HEAD + k * ROW, HEAD + (k + 0.5) * ROW];
    const right = k === data.label;
    const box = (column, from = column.left) => (
      { x: from - 6, y: top + 3, width: column.end - from + 8, height: ROW - 6 }
    );
    set(row.label, { x: 0, y: y + 5, class: right ? "class right" : "class" });
    write(row.label, width < 460 ? `${k}${right ? " ✓" : ""}` : `class ${k}${right ? " ✓" : ""}`);
    set(row.target, {
      d: right ? `M${p.left} ${y - 14}H${p.right}V${y + 14}H${p.left}` : "",
    });
    const length = (x) => Math.max(0, clip(x)) * (p.right - p.left);
    const bar = { x: p.left, y: y - 9, width: length(data.p[k]), height: 18 };
    set(row.p.mark, bar);
    set(row.p.truth, {
      d: data.off_p[k] ? `M${p.left + length(data.true_p[k])} ${y - 14}V${y + 14}` : "",
    });
    set(row.p.text, { x: p.end, y: y + 4.5, "text-anchor": "end" });
    write(row.p.text, decimal(data.p[k], 3));
    setPlace(row.p, {
      box: box(p), hatched: { ...bar, width: Math.max(bar.width, 10) },
      lines: data.said.p[k], off: data.off_p[k],
    });
    drawArrow(row.slope, slope, y, data.slope[k], data.off_slope[k] ? data.true_slope[k] : null);
    setPlace(row.slope, {
      box: box(slope), hatched: spanOf(slope, y, [data.slope[k], data.true_slope[k]].map(clip)),
      lines: data.said.slope[k], off: data.off_slope[k],
    });
    drawArrow(row.other, other, y, data.other[k], null);
    setPlace(row.other, { box: box(other), lines: data.said.other[k], off: false });
  });

  function xOf(column, value) {
    return (column.left + column.right) / 2 + clip(value) * (column.right - column.left) / 2;
  }

  function spanOf(column, y, values) {
    const ends = [0, ...values].map((value) => xOf(column, value));
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    return { x: low - 5, y: y - 12, width: high - low + 10, height: 24 };
  }

  function drawArrow(part, column, y, value, truth) {
    part.mark.setAttribute("d", arrow(xOf(column, 0), xOf(column, value), y));
    part.truth.setAttribute(
      "d", truth === null ? "" : `M${xOf(column, truth)} ${y - 14}V${y + 14}`,
    );
    set(part.text, { x: column.end, y: y + 4.5, "text-anchor": "end" });
    write(part.text, decimal(value, 3));
  }
}

function drawChart(parts, data, width) {
  const { chart } = parts;
  const top = HEAD + parts.rows.length * ROW + CHART.top;
  const bottom = top + CHART.height;
  const [left, right] = [34, width - 8];
  const narrow = width < NARROW;
  const highest = Math.max(1, ...data.push, ...data.other_push);
  const x = (z) => left + ((z + data.reach) / (2 * data.reach)) * (right - left);
  const y = (push) => bottom - (push / highest) * CHART.height;
  const write = (x, y, text, kind, anchor = "start") => {
    const place = { x, y, "text-anchor": anchor };
    shape(chart.still, "text", kind, place).textContent = text;
  };
  const drawn = [width, highest, data.label, data.reach].join();
  if (chart.drawn !== drawn) {
    chart.drawn = drawn;
    chart.still.replaceChildren();
    const whose = narrow ? `z[${data.label}]` : "the right class's logit";
    write(0, top - 38, `Push on ${whose}, |dC/dz[${data.label}]|`, "strong");
    for (const push of [0, 0.5, 1]) {
      shape(chart.still, "path", push ? "rule" : "axis", { d: `M${left} ${y(push)}H${right}` });
      write(left - 8, y(push) + 4, `${push}`, "quiet", "end");
    }
    for (const [z, text] of ticks(-data.reach, data.reach, width / 90)) {
      write(x(z), bottom + 17, text, "quiet", "middle");
    }
    write(right, bottom + 35, `z[${data.label}], the other logits as they are`, "quiet", "end");
    label("cross-entropy", 0);
    label("quadratic", 1);
  }
  const path = (pushes) => [...pushes]
    .map((push, i) => `${i ? "L" : "M"}${x(data.grid[i]).toFixed(1)} ${y(push).toFixed(1)}`)
    .join("");
  chart.push.setAttribute("d", path(data.push));
  chart["other-push"].setAttribute("d", path(data.other_push));
  const now = x(data.z[data.label]);
  const [mine, other] = [data.true_slope, data.other].map((slope) => Math.abs(slope[data.label]));
  put(chart.cross, now, y(mine));
  put(chart.square, now, y(other));
  chart["now-line"].setAttribute("d", `M${now} ${top}V${bottom}`);
  return bottom + CHART.foot;

  function label(text, line) {
    const [from, level] = [narrow ? 134 * line : left + 150 * line, top - 18];
    shape(chart.still, "path", line ? "other-push" : "push", { d: `M${from} ${level}h30` });
    const sign = line
      ? shape(chart.still, "rect", "now-square", { x: -5, y: -5, width: 10, height: 10 })
      : shape(chart.still, "circle", "now-cross", { r: 6 });
    put(sign, from + 15, level);
    write(from + 40, level + 4, text, "");
  }
}
