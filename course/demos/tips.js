// Places of a picture that say their numbers on hover and on focus, hatched where these are not
// true. A place is an element of the class "place" with what it says, `lines`, whether that is
// `off` the true number, and where it has parts, the one that the tip stands beside, its `anchor`.

// returns the defs, for what else is referred to by its id
function hatching(root, id) {
  const defs = shape(root, "defs");
  const pattern = shape(defs, "pattern", "", {
    id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  shape(pattern, "path", "hatch-line", { d: "M1 0V6" });
  return defs;
}

// what is drawn for the place goes between its zone, which takes the pointer, and its hatching
function place(parent, id) {
  const node = shape(parent, "g", "place", { role: "img", tabindex: -1 });
  const zone = shape(node, "rect", "zone", { rx: 5 });
  const content = shape(node, "g");
  const hatch = shape(node, "rect", "hatched", { rx: 3, fill: `url(#${id})` });
  return { node, zone, content, hatch };
}

function setPlace({ node, zone, hatch }, { box, hatched = box, lines, off }) {
  say(node, lines, off, ", ");
  set(zone, box);
  set(hatch, hatched);
  hatch.style.display = off ? "" : "none";
}

function placesOf(drawing) {
  return [...drawing.querySelectorAll(".place")].filter((node) => node.style.display !== "none");
}

// of all places one is reached by Tab, the others from it by the arrow keys
function rove(drawing, chosen) {
  const nodes = placesOf(drawing);
  const focused = nodes.find((node) => node === document.activeElement);
  const first = chosen ?? focused ?? nodes.find((node) => node.off) ?? nodes[0];
  // those that are not shown now as well, lest one of them stays the first
  for (const node of drawing.querySelectorAll(".place")) {
    node.setAttribute("tabindex", node === first ? 0 : -1);
  }
}

function say(node, lines, off, between = ". ") {
  node.lines = lines;
  node.off = off;
  node.setAttribute("aria-label", lines.join(between));
}

// returns what is to be called after a new picture
function tips(picture, drawing) {
  const tip = html("div", { class: "tip", "aria-hidden": "true" });
  picture.append(tip);
  let shown = null;
  const put = (node) => {
    shown = node;
    tip.replaceChildren(...node.lines.map((line) => html("div", {}, line)));
    tip.classList.toggle("off", Boolean(node.off));
    tip.classList.add("shown");
    const box = picture.getBoundingClientRect();
    const here = (node.anchor ?? node).getBoundingClientRect();
    const middle = here.left + here.width / 2 - box.left - tip.offsetWidth / 2;
    const above = here.top - box.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.min(box.width - tip.offsetWidth, Math.max(0, middle))}px`;
    tip.style.top = `${above >= 0 ? above : here.bottom - box.top + 8}px`;
  };
  const hide = () => {
    shown = null;
    tip.classList.remove("shown");
  };
  const placeOf = (event) => event.target.closest?.(".place");
  // on the box around it, since an svg that listens for focus becomes a tab stop of its own
  for (const kind of ["pointerover", "focusin"]) {
    picture.addEventListener(kind, (event) => placeOf(event) && put(placeOf(event)));
  }
  for (const kind of ["pointerout", "focusout"]) picture.addEventListener(kind, hide);
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const nodes = placesOf(drawing);
    const at = nodes.indexOf(document.activeElement);
    const to = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      Home: 0, End: nodes.length - 1,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = nodes[Math.min(nodes.length - 1, Math.max(0, to))];
    rove(drawing, next);
    next.focus();
  });
  return () => {
    rove(drawing);
    if (shown?.isConnected && shown.style.display !== "none") put(shown);
    else hide();
  };
}
