// Names and short figures on the map: inside their region where they fit, beside it with a leader on a wide map,
// and left out rather than on top of each other.
import { node } from "./pola.js";

const LINE = 1.15;
const REACH = [16, 26, 38, 52, 68, 86, 106, 128, 152];
const TURNS = [0, 180, -18, 18, 162, 198, -36, 36, 144, 216, -60, 60, 120, 240, -90, 90];
const pen = document.createElement("canvas").getContext("2d");

export function place(svg, layer, shapes, figure, scale) {
  const wide = svg.clientWidth >= 420;
  const size = (wide ? 12 : 11) / scale;
  pen.font = `600 100px ${getComputedStyle(svg).fontFamily}`;
  const width = (text) => (pen.measureText(text).width / 100) * size;
  const task = { svg, shapes, size, width, taken: [], wide };
  const rows = shapes.map((shape) => ({ shape, ...variants(shape, figure(shape.kode)) }));
  rows.sort((one, other) => area(other.shape) - area(one.shape));
  let waiting = rows.filter(({ shape, full }) => !inside(task, shape, full));
  // From north to south, so that labels beside the map stand in the order of their regions.
  waiting.sort((one, other) => one.shape.t[1] - other.shape.t[1]);
  if (wide) waiting = waiting.filter(({ shape, full }) => !beside(task, shape, full[0], true) && !beside(task, shape, full[0], false));
  for (const { shape, less } of waiting) inside(task, shape, less);
  layer.replaceChildren(...task.taken.flatMap((label) => draw(label, size)));
}

const area = ({ b: [x0, y0, x1, y1] }) => (x1 - x0) * (y1 - y0);

// The ways to write a label, best first: with its figure, and with less when there is no room for both.
function variants({ nama }, figure) {
  const value = figure ? [{ text: figure, strong: true }] : [];
  const name = [{ text: nama }];
  const [first, ...rest] = nama.split(" ");
  const split = rest.length ? [{ text: first }, { text: rest.join(" ") }] : name;
  return { full: [[...name, ...value], [...split, ...value]], less: [name, split, value].filter((lines) => lines.length) };
}

function inside(task, shape, choices) {
  for (const lines of choices) {
    for (const [x, y] of spots(shape)) {
      const box = boxOf(task, x, y, lines);
      if (within(task, shape, box) && free(task, box)) return task.taken.push({ lines, box });
    }
  }
  return false;
}

// The label point, then points around it inside the region, nearest first.
function spots(shape) {
  if (shape.spots) return shape.spots;
  const { t, b: [x0, y0, x1, y1] } = shape;
  const grid = [];
  for (let row = 1; row < 8; row++) for (let column = 1; column < 8; column++) grid.push([x0 + ((x1 - x0) * column) / 8, y0 + ((y1 - y0) * row) / 8]);
  const far = ([x, y]) => Math.hypot(x - t[0], y - t[1]);
  shape.spots = [t, ...grid.filter((point) => holds(shape, point)).sort((one, other) => far(one) - far(other))];
  return shape.spots;
}

// A place at sea or in a neighbouring province, nearest first; `tidy` refuses leaders that cross one another.
function beside(task, shape, lines, tidy) {
  const [x, y] = shape.t;
  const unit = task.size / 12;
  const width = Math.max(...lines.map(({ text }) => task.width(text)));
  for (const reach of REACH) {
    for (const turn of TURNS) {
      const angle = (turn * Math.PI) / 180;
      const side = Math.abs(Math.cos(angle)) < 0.3 ? 0 : Math.sign(Math.cos(angle));
      const at = [x + Math.cos(angle) * reach * unit, y + Math.sin(angle) * reach * unit];
      const box = boxOf(task, at[0] + (side * width) / 2 + side * 2 * unit, at[1], lines);
      const leader = [x, y, ...at];
      if (!free(task, box) || !inView(task, box) || overland(task, box)) continue;
      if (tidy && task.taken.some((other) => crosses(leader, other))) continue;
      return task.taken.push({ lines, box, leader });
    }
  }
  return false;
}

function crosses(leader, { box: { x0, x1, y0, y1 }, leader: other }) {
  const edges = [[x0, y0, x1, y1], [x0, y1, x1, y0], ...(other ? [other] : [])];
  return edges.some((edge) => meet(leader, edge));
}

function meet([ax, ay, bx, by], [cx, cy, dx, dy]) {
  const turn = (px, py, qx, qy, rx, ry) => Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  return turn(ax, ay, bx, by, cx, cy) !== turn(ax, ay, bx, by, dx, dy) && turn(cx, cy, dx, dy, ax, ay) !== turn(cx, cy, dx, dy, bx, by);
}

function boxOf({ size, width }, cx, cy, lines) {
  const across = Math.max(...lines.map(({ text }) => width(text)));
  const down = lines.length * size * LINE;
  return { x0: cx - across / 2, x1: cx + across / 2, y0: cy - down / 2, y1: cy + down / 2 };
}

function corners({ x0, x1, y0, y1 }) {
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return [[x0, y0], [x1, y0], [x0, y1], [x1, y1], [mx, y0], [mx, y1], [x0, my], [x1, my]];
}

const holds = (shape, [x, y]) => {
  const [x0, y0, x1, y1] = shape.b;
  return x >= x0 && x <= x1 && y >= y0 && y <= y1 && shape.path.isPointInFill(new DOMPoint(x, y));
};
// A little of the box may stand over the border: the halo of the letters carries it.
const within = (task, shape, { x0, x1, y0, y1 }) => {
  const [dx, dy] = [(x1 - x0) * 0.04, (y1 - y0) * 0.1];
  return corners({ x0: x0 + dx, x1: x1 - dx, y0: y0 + dy, y1: y1 - dy }).every((point) => holds(shape, point));
};
const overland = ({ shapes }, box) => corners(box).some((point) => shapes.some((shape) => holds(shape, point)));

function free({ taken, size }, box) {
  const air = size * 0.2;
  return taken.every(({ box: other }) => box.x1 + air < other.x0 || box.x0 - air > other.x1 || box.y1 + air < other.y0 || box.y0 - air > other.y1);
}

function inView({ svg }, { x0, x1, y0, y1 }) {
  const scale = svg.getScreenCTM();
  const [left, top] = [x0 * scale.a + scale.e, y0 * scale.d + scale.f];
  const [right, bottom] = [x1 * scale.a + scale.e, y1 * scale.d + scale.f];
  const field = svg.getBoundingClientRect();
  return left >= field.left && right <= field.right && top >= field.top && bottom <= field.bottom;
}

function draw({ lines, box, leader }, size) {
  const text = node("text", { class: "nama", "font-size": size.toFixed(1), "stroke-width": (size * 0.3).toFixed(1) });
  const x = ((box.x0 + box.x1) / 2).toFixed(1);
  lines.forEach(({ text: words, strong }, at) => {
    const y = (box.y0 + (at + 0.83) * size * LINE).toFixed(1);
    text.append(node("tspan", { x, y, class: strong ? "angka" : "" }, words));
  });
  if (!leader) return [text];
  const [x0, y0, x1, y1] = leader.map((value) => value.toFixed(1));
  const foot = node("circle", { class: "kaki", cx: x0, cy: y0, r: (size * 0.16).toFixed(1) });
  return [node("path", { class: "lereng", d: `M${x0} ${y0}L${x1} ${y1}` }), foot, text];
}
