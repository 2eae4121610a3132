// The drop area: many files, one sent after the other, each with its progress and a way to cancel it.
// Files on their way belong to the document, not to the area: leaving the page does not stop them.
// Every text enters through textContent or setAttribute.
const files = new Map();
const areas = new Map();
let sending = null;

export function draw({ data, parentElement, setTriggerValue }, address, target) {
  const root = parentElement.querySelector(".unggah");
  if (!areas.has(root)) areas.set(root, new Area(root, address));
  const area = areas.get(root);
  area.target = target;
  area.arrived = (token) => setTriggerValue("masuk", token);
  area.update(data);
  return () => areas.delete(root);
}

window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

const MB = 1024 * 1024;
const whole = new Intl.NumberFormat("id", { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat("id", { maximumFractionDigits: 1 });
const size = (bytes) => (bytes < MB ? `${whole.format(Math.ceil(bytes / 1024))} kB` : `${fine.format(bytes / MB)} MB`);

function make(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function show() {
  for (const root of areas.keys()) if (!root.isConnected) areas.delete(root);
  for (const area of areas.values()) area.list();
}

function say(text) {
  for (const area of areas.values()) area.live.textContent = text;
}

function add(list, data, target) {
  for (const file of list) {
    const one = { token: newToken(), file, kind: data.jenis, target, sent: 0, wrong: "" };
    const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    if (file.size > data.batas) one.wrong = `Lebih besar dari ${fine.format(data.batas / 1024 / MB)} GB. Bagi menurut tahun, lalu unggah satu per satu.`;
    else if (ending && !data.tipe.includes(ending)) one.wrong = `Bukan CSV atau lembar kerja (.${ending}). Simpan sebagai CSV atau XLSX dulu.`;
    files.set(one.token, one);
  }
  show();
  next();
}

function next() {
  if (sending) return;
  sending = [...files.values()].find((one) => !one.wrong) ?? null;
  if (sending) send(sending);
}

function send(one) {
  const request = new XMLHttpRequest();
  one.request = request;
  request.upload.onprogress = (event) => {
    one.sent = event.loaded;
    for (const area of areas.values()) area.progress(one);
  };
  request.onload = () => {
    if (request.status === 201) return finish(one, `${one.file.name} diterima.`, true);
    const told = (request.getResponseHeader("content-type") ?? "").startsWith("text/plain") ? request.responseText : "";
    fail(one, told || `Server menolak kiriman ini (${request.status}).`);
  };
  request.onerror = () => fail(one, "Sambungan terputus, atau berkas tidak dapat dibaca. Tidak ada yang tersimpan.");
  request.onabort = () => finish(one, `${one.file.name} dibatalkan.`, false);
  request.open("PUT", one.target + one.token);
  request.setRequestHeader("X-Cermin-Nama", encodeURIComponent(one.file.name));
  request.setRequestHeader("X-Cermin-Jenis", one.kind);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(one.file);
}

function finish(one, told, arrived) {
  sending = null;
  files.delete(one.token);
  say(told);
  show();
  next();
  if (arrived) for (const area of areas.values()) area.arrived(one.token);
}

function fail(one, wrong) {
  sending = null;
  one.wrong = wrong;
  say(`${one.file.name}: ${wrong}`);
  show();
  next();
}

function again(one) {
  files.delete(one.token);
  Object.assign(one, { token: newToken(), wrong: "", sent: 0 });
  files.set(one.token, one);
  show();
  next();
}

function drop(one) {
  if (sending === one) return one.request.abort();
  files.delete(one.token);
  say(`${one.file.name} dibatalkan.`);
  show();
}

class Area {
  constructor(root, address) {
    this.root = root;
    this.rows = new Map();
    this.input = make("input", { type: "file", multiple: "", id: "berkas" });
    this.words = make("span", { class: "kata" });
    this.hint = make("span", { class: "batas", id: "batas" });
    this.input.setAttribute("aria-describedby", "batas");
    const label = make("label", { for: "berkas" }, "Pilih berkas");
    this.field = make("div", { class: "taruh" }, this.input, label, this.words, this.hint);
    this.going = make("ul", { class: "jalan" });
    this.live = make("p", { class: "kabar", "aria-live": "polite" });
    root.before(make("link", { rel: "stylesheet", href: `${address}unggah.css` }));
    root.replaceChildren(this.field, this.going, this.live);
    this.listen();
  }

  listen() {
    this.input.onchange = () => {
      add([...this.input.files], this.data, this.target);
      this.input.value = "";
    };
    this.input.onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.input.click();
    };
    let inside = 0;
    this.field.ondragenter = () => this.field.classList.toggle("atas", ++inside > 0);
    this.field.ondragleave = () => this.field.classList.toggle("atas", --inside > 0);
    this.field.ondragover = (event) => event.preventDefault();
    this.field.ondrop = (event) => {
      event.preventDefault();
      this.field.classList.toggle("atas", Boolean((inside = 0)));
      add([...event.dataTransfer.files], this.data, this.target);
    };
  }

  update(data) {
    this.data = data;
    this.input.setAttribute("accept", data.tipe.map((one) => `.${one}`).join(","));
    this.input.setAttribute("aria-label", `Pilih berkas ${data.nama}`);
    this.words.textContent = `atau seret berkas ${data.nama} ke sini; boleh beberapa sekaligus`;
    this.hint.textContent = data.petunjuk;
    this.list();
  }

  list() {
    for (const [one, row] of this.rows) {
      if (files.get(one.token) === one) continue;
      row.line.remove();
      this.rows.delete(one);
    }
    for (const one of files.values()) {
      if (!this.rows.has(one)) this.rows.set(one, this.row(one));
      this.progress(one);
    }
  }

  row(one) {
    const name = make("span", { class: "nama" }, one.file.name);
    const bar = make("progress", { max: 1, "aria-label": `Terkirim dari ${one.file.name}` });
    const told = make("span", { class: "angka" });
    const retry = make("button", { type: "button" }, "Coba lagi");
    const stop = make("button", { type: "button", "aria-label": `Batalkan ${one.file.name}` }, "Batalkan");
    retry.onclick = () => again(one);
    stop.onclick = () => drop(one);
    const line = this.going.appendChild(make("li", {}, name, bar, told, retry, stop));
    return { line, bar, told, retry, stop };
  }

  progress(one) {
    const row = this.rows.get(one);
    if (!row) return;
    const part = one.file.size ? one.sent / one.file.size : 0;
    row.bar.value = part;
    row.bar.hidden = Boolean(one.wrong);
    row.retry.hidden = !one.wrong || !one.request;
    row.stop.textContent = one.wrong ? "Singkirkan" : "Batalkan";
    row.line.classList.toggle("salah", Boolean(one.wrong));
    const going = part < 1 ? `${whole.format(Math.floor(part * 100))}% dari ${size(one.file.size)}` : "memeriksa kiriman …";
    row.told.textContent = one.wrong || (one === sending ? going : `menunggu, ${size(one.file.size)}`);
  }
}
