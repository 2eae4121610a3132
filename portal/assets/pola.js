// Elements, and the patterns of the classes: each class has marks of its own, never colour alone.
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "g", "path", "rect", "circle", "defs", "pattern", "text", "tspan", "line"]);

// class: [size in pixels, path of its lines, dots as [x, y, r]]
const MARKS = {
  kosong: [7, "M-1 8L8 -1M-1 1L1 -1M6 8L8 6", []],
  nol: [11, "", [[2.7, 2.7, 1], [8.2, 8.2, 1]]],
  samar: [8, "M0 2H4M4 6H8", [[6, 2, 0.9], [2, 6, 0.9]]],
  "tak-berlaku": [10, "M1 5H5", []],
  "tanpa-masa": [6, "M0 3H6", []],
  segera: [7, "M3.5 0V7", []],
  proses: [9, "M0 6L4.5 2L9 6", []],
  berakhir: [8, "M0 4H8M4 0V8", []],
  belum: [11, "M3 3L8 8M8 3L3 8", []],
  kuning: [6, "M0 3H6", []],
  merah: [8, "M0 0L8 8M8 0L0 8", []],
  opini: [8, "", [[4, 4, 1.8]]],
};

export function node(name, attributes = {}, text) {
  const made = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

// The set `m` belongs to the map (its patterns are scaled with it), the set `c` to the legend.
export function patterns(set, alone = false) {
  const defs = node("defs");
  for (const [kelas, [size, lines, dots]] of Object.entries(MARKS)) {
    const pattern = node("pattern", { id: `${set}-${kelas}`, class: `p-${kelas}`, width: size, height: size, patternUnits: "userSpaceOnUse" });
    pattern.append(node("rect", { class: "alas", width: size, height: size }));
    if (lines) pattern.append(node("path", { class: "garis", d: lines }));
    for (const [cx, cy, r] of dots) pattern.append(node("circle", { class: "titik", cx, cy, r }));
    defs.append(pattern);
  }
  if (!alone) return defs;
  const svg = node("svg", { width: 0, height: 0, "aria-hidden": "true", style: "position:absolute" });
  svg.append(defs);
  return svg;
}
