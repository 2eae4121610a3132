// Fetches the map's code once per page and hands every run over to it; kept small, as each run carries it.
export default async function (component) {
  const { data, parentElement } = component;
  const root = data.dasar ? `/${data.dasar.replace(/^\/|\/$/g, "")}` : "";
  const address = new URL(`${root}${data.aset}/`, document.baseURI).href;
  try {
    const names = ["peta.js", "wilayah.js", "label.js", "pola.js"];
    const [map, atlas] = await Promise.all(names.map((name) => import(address + name)));
    return await map.draw(component, address, atlas.default);
  } catch (fault) {
    console.error(fault);
    const place = parentElement.querySelector(".peta");
    if (place.dataset.muat) place.textContent = "Peta tidak dapat dimuat. Tabel di bawahnya memuat angka yang sama.";
  }
}
