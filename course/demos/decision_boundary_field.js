// The regions that a network gives the plane: colours on a canvas, their boundary as a path.
// A field holds p[k][row][column] of a grid, rows from the bottom up.

const FINEST = 300; // pixels of the canvas across; the page stretches it

// those colours of Okabe and Ito that are no accent of the course
const COLOURS = [[86, 180, 233], [230, 159, 0], [0, 158, 115], [204, 121, 167]];

function fieldOf(view, classes) {
  const p = new Float32Array(
    view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength),
  );
  const side = Math.round(Math.sqrt(p.length / classes));
  // a sure network jumps from 0 to 1 between two points of the grid, but its logarithms tell
  // where between them; the smallest p keeps them finite
  const logs = p.map((value) => Math.log(Math.max(value, 1e-30)));
  return { p, logs, side, classes, cells: side * side };
}

// the class at a place given in columns and rows of the grid, between its points, and its p
function classAt({ p, logs, side, classes, cells }, column, row) {
  const i = Math.min(side - 2, Math.floor(column));
  const j = Math.min(side - 2, Math.floor(row));
  const [u, v] = [column - i, row - j];
  const between = (values, at) => (
    (1 - v) * ((1 - u) * values[at] + u * values[at + 1])
    + v * ((1 - u) * values[at + side] + u * values[at + side + 1]));
  const start = j * side + i;
  let [label, most] = [0, -Infinity];
  for (let k = 0; k < classes; k++) {
    const here = between(logs, k * cells + start);
    if (here > most) [label, most] = [k, here];
  }
  return { label, p: between(p, label * cells + start) };
}

// 0 where all classes are alike, 1 where one is certain
function sureness(p, classes) {
  return Math.max(0, (p - 1 / classes) / (1 - 1 / classes));
}

// the paper shows through where no class is sure
function paintField(canvas, field, ratio) {
  const width = FINEST;
  const height = Math.round(FINEST * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  if (!field.cells) {
    context.clearRect(0, 0, width, height);
    return;
  }
  const image = context.createImageData(width, height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = (1 - (y + 0.5) / height) * (field.side - 1);
    for (let x = 0; x < width; x++, to += 4) {
      const { label, p } = classAt(field, ((x + 0.5) / width) * (field.side - 1), row);
      [image.data[to], image.data[to + 1], image.data[to + 2]] = COLOURS[label];
      image.data[to + 3] = 255 * (0.1 + 0.5 * sureness(p, field.classes));
    }
  }
  context.putImageData(image, 0, 0);
}

// the path where two classes are as probable and no third more so; x and y place the grid
function boundary(field, x, y) {
  const { side, classes } = field;
  const drawn = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      for (let j = 0; j + 1 < side; j++) {
        for (let i = 0; i + 1 < side; i++) cut(field, a, b, i, j, x, y, drawn);
      }
    }
  }
  return drawn.join("");
}

// one cell of the grid: the line between the edges where classes a and b are as probable
function cut(field, a, b, i, j, x, y, drawn) {
  const { logs, side, cells } = field;
  const corner = (column, row) => {
    const at = row * side + column;
    return logs[a * cells + at] - logs[b * cells + at];
  };
  const low = corner(i, j);
  const right = corner(i + 1, j);
  const high = corner(i + 1, j + 1);
  const left = corner(i, j + 1);
  const signs = (low > 0) + (right > 0) + (high > 0) + (left > 0);
  if (signs === 0 || signs === 4) return;
  const ends = [];
  const cross = (from, to, place) => {
    if (from > 0 !== to > 0) ends.push(place(from / (from - to)));
  };
  cross(low, right, (t) => [i + t, j]);
  cross(right, high, (t) => [i + 1, j + t]);
  cross(left, high, (t) => [i + t, j + 1]);
  cross(low, left, (t) => [i, j + t]);
  for (let n = 0; n + 1 < ends.length; n += 2) {
    const [from, to] = [ends[n], ends[n + 1]];
    const { label } = classAt(field, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    if (label !== a && label !== b) continue;
    const text = ([column, row]) => `${x(column).toFixed(1)} ${y(row).toFixed(1)}`;
    drawn.push(`M${text(from)}L${text(to)}`);
  }
}
