// The map of the regions: built once per place, then only attributes change, so the focus stays where it is.
// Every text enters through textContent or setAttribute.
import { node, patterns } from "./pola.js";
import { place } from "./label.js";

const drawn = new WeakMap();

export async function draw({ data, parentElement, setTriggerValue }, address, atlas) {
  const root = parentElement.querySelector(".peta");
  if (!drawn.has(root)) drawn.set(root, new RegionMap(root));
  const map = drawn.get(root);
  map.choose = (kode) => setTriggerValue("kode", kode);
  map.latest = data;
  map.ready ??= style(root, address).then(() => map.build(atlas));
  await map.ready;
  if (map.latest === data) map.update(data);
  return () => map.close();
}

function style(root, address) {
  return new Promise((done) => {
    const link = node("link", { rel: "stylesheet", href: `${address}peta.css` });
    link.onload = link.onerror = done;
    root.before(link);
  });
}

const sayTheSame = (text, label) => !label || text.startsWith(label) || label.startsWith(text);

class RegionMap {
  constructor(root) {
    this.root = root;
  }

  build(atlas) {
    this.atlas = atlas;
    this.shapes = new Map();
    this.labels = new Map();
    const { root } = this;
    delete root.dataset.muat;
    root.replaceChildren();
    const frame = root.appendChild(node("div", { class: "tata" }));
    this.field = frame.appendChild(node("div", { class: "bidang" }));
    this.svg = this.field.appendChild(node("svg", { role: "group", preserveAspectRatio: "xMidYMid meet" }));
    this.defs = this.svg.appendChild(patterns("m"));
    this.regions = this.svg.appendChild(node("g", { class: "wilayah" }));
    for (const shape of atlas.wilayah) this.regions.appendChild(this.shape(shape));
    this.svg.appendChild(node("path", { class: "batas", d: atlas.batas }));
    this.rim = this.svg.appendChild(node("path", { class: "pilih tepi" }));
    this.chosen = this.svg.appendChild(node("path", { class: "pilih" }));
    this.focused = this.svg.appendChild(node("path", { class: "fokus" }));
    this.names = this.svg.appendChild(node("g", { "aria-hidden": "true" }));
    this.tip = this.field.appendChild(node("div", { class: "tip", "aria-hidden": "true", hidden: "" }));
    this.field.appendChild(node("p", { class: "kredit" }, atlas.kredit));
    this.side = frame.appendChild(node("div", { class: "samping" }));
    this.side.appendChild(patterns("c", true));
    this.title = this.side.appendChild(node("p", { class: "judul" }));
    this.side.appendChild(node("div", { class: "kepala" }, "Tanda dan jumlah wilayahnya"));
    this.legend = this.side.appendChild(node("ul", { class: "legenda" }));
    this.badges = this.side.appendChild(node("div", { class: "lencana", role: "group", "aria-label": "Pemerintah provinsi" }));
    this.remarks = this.side.appendChild(node("div", { class: "catatan" }));
    this.watch = new ResizeObserver(() => this.layout());
    this.watch.observe(this.svg);
  }

  close() {
    this.watch?.disconnect();
    drawn.delete(this.root);
  }

  shape(shape) {
    const path = node("path", { d: shape.d, "data-kode": shape.kode });
    this.shapes.set(shape.kode, { ...shape, path });
    this.listen(path, shape.kode);
    return path;
  }

  // Mouse, touch and keyboard of a shape or badge.
  listen(target, kode) {
    target.addEventListener("click", () => this.pick(kode));
    target.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.hide();
      if (target.tagName === "BUTTON" || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      this.pick(kode);
    });
    target.addEventListener("pointermove", (event) => this.show(kode, event));
    target.addEventListener("pointerleave", () => this.hide());
    target.addEventListener("focus", () => this.focus(kode));
    target.addEventListener("blur", () => this.focus(null));
  }

  pick(kode) {
    if (!this.values.has(kode)) return;
    this.mark(kode === this.selected ? null : kode);
    this.choose(this.selected ?? "");
  }

  update(data) {
    this.values = new Map(data.nilai.map(([kode, nama, text, kelas, singkat]) => [kode, { nama, text, kelas, singkat }]));
    this.legendLabels = new Map(data.legenda.map(([kelas, label]) => [kelas, label]));
    this.steps = data.legenda.filter(([kelas]) => /^k\d$/.test(kelas)).length;
    this.shown = new Set(data.provinsi);
    this.svg.setAttribute("aria-label", `Peta: ${data.ukuran}`);
    this.title.textContent = data.ukuran;
    for (const shape of this.shapes.values()) this.colour(shape);
    this.fillLegend(data.legenda);
    this.fillBadges();
    this.remarks.replaceChildren(...data.catatan.map((text) => node("div", {}, text)));
    this.zoom(data.provinsi, data.tinggi);
    this.mark(data.dipilih);
    this.layout();
  }

  colour({ kode, prov, path }) {
    const value = this.values.get(kode);
    const inside = this.shown.has(prov) && value;
    this.dress(path, inside ? value.kelas : "luar", "m");
    const said = { tabindex: "0", role: "button", "aria-label": inside && this.sentence(value) };
    for (const [name, text] of Object.entries(said)) inside ? path.setAttribute(name, text) : path.removeAttribute(name);
    inside ? path.removeAttribute("aria-hidden") : path.setAttribute("aria-hidden", "true");
  }

  // A class is a plain fill (`k1`.., solid ones) or a pattern of the set that fits the place.
  dress(target, kelas, set) {
    const step = /^k(\d)$/.exec(kelas);
    const solid = step || ["berlaku", "hijau", "luar"].includes(kelas);
    target.setAttribute("class", `${target.classList.contains("isi") ? "isi " : ""}${step ? "k" : kelas}`);
    target.dataset.kelas = kelas;
    if (step) target.style.setProperty("--kuat", `${Math.round(16 + (84 * (step[1] - 1)) / Math.max(this.steps - 1, 1))}%`);
    solid ? target.style.removeProperty("fill") : target.style.setProperty("fill", `url(#${set}-${kelas})`);
  }

  sentence({ nama, text, kelas }) {
    const label = this.legendLabels.get(kelas);
    return sayTheSame(text, label) ? `${nama}: ${text}` : `${nama}: ${text}. Kelas: ${label}`;
  }

  fillLegend(items) {
    const rows = items.map(([kelas, label, count]) => {
      const row = node("li", { "data-kelas": kelas, class: count ? "" : "sepi" });
      row.append(this.swatch(kelas), node("span", {}, label), node("span", { class: "jumlah" }, String(count)));
      return row;
    });
    this.legend.replaceChildren(...rows);
  }

  swatch(kelas) {
    const svg = node("svg", { class: "contoh", viewBox: "0 0 28 18", "aria-hidden": "true" });
    const box = svg.appendChild(node("rect", { class: "isi", x: 0.5, y: 0.5, width: 27, height: 17, rx: 2 }));
    this.dress(box, kelas, "c");
    return svg;
  }

  // Regions without a shape of their own (provincial governments): buttons beside the map, kept between runs.
  fillBadges() {
    const without = [...this.values].filter(([kode]) => !this.shapes.has(kode));
    const held = new Map([...this.badges.children].map((button) => [button.dataset.kode, button]));
    for (const [kode, value] of without) {
      const button = held.get(kode) ?? this.badges.appendChild(this.badge(kode));
      held.delete(kode);
      const [name, text] = button.querySelectorAll("b, small");
      name.textContent = value.nama;
      text.textContent = value.text;
      button.replaceChild(this.swatch(value.kelas), button.firstChild);
    }
    for (const gone of held.values()) gone.remove();
    this.badges.hidden = !without.length;
  }

  badge(kode) {
    const button = node("button", { type: "button", "data-kode": kode, "aria-pressed": "false" });
    const words = node("span");
    words.append(node("b"), node("small"));
    button.append(node("span"), words);
    button.addEventListener("click", () => this.pick(kode));
    return button;
  }

  zoom(provinces, height) {
    const boxes = provinces.map((code) => this.atlas.kotak[code]).filter(Boolean);
    if (!boxes.length) return;
    const edge = (at, pick) => pick(...boxes.map((box) => box[at]));
    const [x0, y0, x1, y1] = [edge(0, Math.min), edge(1, Math.min), edge(2, Math.max), edge(3, Math.max)];
    const air = 0.03 * Math.max(x1 - x0, y1 - y0);
    this.svg.setAttribute("viewBox", [x0 - air, y0 - air, x1 - x0 + 2 * air, y1 - y0 + 2 * air].map(Math.round).join(" "));
    this.root.style.setProperty("--tinggi", `${height}px`);
    this.root.style.setProperty("--nisbah", ((y1 - y0) / (x1 - x0) + 0.06).toFixed(3));
  }

  mark(kode) {
    this.selected = this.values.has(kode) ? kode : null;
    const d = this.shapes.get(this.selected)?.d ?? "";
    this.rim.setAttribute("d", d);
    this.chosen.setAttribute("d", d);
    for (const target of [...this.shapes.values()].map(({ path }) => path).concat(...this.badges.children)) {
      const known = this.values.has(target.dataset.kode);
      known ? target.setAttribute("aria-pressed", String(target.dataset.kode === this.selected)) : target.removeAttribute("aria-pressed");
    }
  }

  focus(kode) {
    const shape = this.shapes.get(kode);
    const visible = shape?.path.matches(":focus-visible");
    this.focused.setAttribute("d", visible ? shape.d : "");
    kode ? this.show(kode) : this.hide();
  }

  show(kode, pointer) {
    const value = this.values.get(kode);
    if (!value) return;
    const label = this.legendLabels.get(value.kelas);
    const lines = [node("b", {}, value.nama), node("span", {}, value.text)];
    if (!sayTheSame(value.text, label)) lines.push(node("br"), node("small", {}, `Kelas: ${label}`));
    this.tip.replaceChildren(...lines);
    this.tip.hidden = false;
    const field = this.field.getBoundingClientRect();
    const shape = this.shapes.get(kode)?.path.getBoundingClientRect();
    const x = (pointer ? pointer.clientX : shape.x + shape.width / 2) - field.x;
    const y = (pointer ? pointer.clientY : shape.y + shape.height / 2) - field.y;
    const left = x + 14 + this.tip.offsetWidth > field.width ? x - 14 - this.tip.offsetWidth : x + 14;
    this.tip.style.left = `${Math.max(0, left)}px`;
    this.tip.style.top = `${Math.max(0, Math.min(y + 12, field.height - this.tip.offsetHeight))}px`;
  }

  hide() {
    this.tip.hidden = true;
  }

  layout() {
    if (!this.values) return;
    const scale = this.svg.getScreenCTM()?.a;
    if (!scale) return;
    for (const pattern of this.defs.children) pattern.setAttribute("patternTransform", `scale(${1 / scale})`);
    const visible = [...this.shapes.values()].filter(({ kode, prov }) => this.shown.has(prov) && this.values.has(kode));
    place(this.svg, this.names, visible, (kode) => this.values.get(kode).singkat, scale);
  }
}
