// The plane under a pointer and a keyboard: a click adds a point, and so does Enter at a cursor.

const NOTCHES = 40; // arrow presses from one side to the other

// choose(k) changes the class to add, add(x, y) and undo() do as they say, said(x, y) has the
// place of the cursor announced; `moved` of what is returned draws it
function planeOf({ choose, add, undo, said }) {
  const node = html("div", {
    class: "plane", role: "application", tabindex: 0,
    "aria-roledescription": "plane",
    "aria-label": "Plane. Arrow keys move the cursor, with Shift further; Enter adds a point of"
      + " the chosen class, Backspace takes the last one away; a digit chooses the class",
  });
  const plane = { node, at: null };
  const place = (x, y) => {
    const { p } = plane;
    plane.at = [Math.min(p.right, Math.max(p.left, x)), Math.min(p.top, Math.max(p.bottom, y))];
    plane.moved();
  };
  node.addEventListener("click", (event) => {
    const box = node.getBoundingClientRect();
    const { p } = plane;
    place(
      p.left + ((event.clientX - box.left) / box.width) * (p.right - p.left),
      p.top - ((event.clientY - box.top) / box.height) * (p.top - p.bottom),
    );
    add(...plane.at);
  });
  node.addEventListener("keydown", (event) => {
    const { p } = plane;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const notch = ((p.right - p.left) / NOTCHES) * (event.shiftKey ? 5 : 1);
    const by = {
      ArrowLeft: [-notch, 0], ArrowRight: [notch, 0], ArrowUp: [0, notch], ArrowDown: [0, -notch],
    }[event.key];
    const digit = /^\d$/.test(event.key) && Number(event.key) < p.classes;
    if (by) place(plane.at[0] + by[0], plane.at[1] + by[1]);
    else if (event.key === "Enter" || event.key === " ") add(...plane.at);
    else if (event.key === "Backspace" || event.key === "Delete") undo();
    else if (digit) choose(Number(event.key));
    else return;
    event.preventDefault();
    if (by) said(...plane.at);
  });
  node.addEventListener("focus", () => said(...plane.at));
  return plane;
}

// what is heard of the place of the cursor
function placeText(field, p, [x, y]) {
  const where = `${number(x)} across, ${number(y)} up`;
  if (!field.cells) return where;
  const here = classAt(
    field,
    ((x - p.left) / (p.right - p.left)) * (field.side - 1),
    ((y - p.bottom) / (p.top - p.bottom)) * (field.side - 1),
  );
  return `${where}: region of class ${here.label}, ${p.strength} = ${number(here.p)}`;
}
