// Notices that the session is over (signed out elsewhere, locked, idle too long) and goes to the sign-in page,
// with the address to come back to. Asks on focus, when a websocket closes, and every twenty seconds.
(() => {
  const EVERY_MS = 20000;
  let asking = false;
  async function ask() {
    if (asking) return;
    asking = true;
    try {
      const answer = await fetch("/sesi", { cache: "no-store", credentials: "same-origin", redirect: "manual" });
      if (answer.status === 401 || answer.type === "opaqueredirect") leave();
    } catch {
      // The server is away for a moment: that says nothing about the session.
    } finally {
      asking = false;
    }
  }
  function leave() {
    location.replace("/masuk?ke=" + encodeURIComponent(location.pathname + location.search));
  }
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("close", ask);
    }
  };
  window.addEventListener("focus", ask);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  setInterval(ask, EVERY_MS);
})();
