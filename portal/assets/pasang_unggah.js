// Fetches the drop area's code once per page and hands every run over to it; kept small, as each run carries it.
export default async function (component) {
  const { data, parentElement } = component;
  const root = data.dasar ? `/${data.dasar.replace(/^\/|\/$/g, "")}` : "";
  const address = new URL(`${root}${data.aset}/`, document.baseURI).href;
  try {
    const area = await import(`${address}unggah.js`);
    return area.draw(component, address, `${root}/unggahan/`);
  } catch (fault) {
    console.error(fault);
    parentElement.querySelector(".unggah").textContent = "Tempat unggah tidak dapat dimuat. Muat ulang halaman.";
  }
}
