/* Ctrl+K opens a dialog over the search page's own list. Without this file the link in the header leads to that page. */
(() => {
  "use strict";
  const palette = document.getElementById("palette");
  if (!palette || !palette.showModal) return;
  const input = palette.querySelector("input");
  const list = palette.querySelector(".choices");
  let asked = 0;
  let waiting = 0;

  const links = () => [...list.querySelectorAll("a")];

  async function ask() {
    const mine = ++asked;
    const address = `${palette.dataset.source}?q=${encodeURIComponent(input.value)}`;
    try {
      const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok && !answer.redirected && mine === asked) list.innerHTML = await answer.text();
    } catch { /* the form still leads to the search page */ }
  }

  function open() {
    if (palette.open) return;
    palette.showModal();
    input.select();
    ask();
  }

  function move(step) {
    const all = links();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const next = now + step;
    if (next < 0) input.focus();
    else all[Math.min(next, all.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.querySelectorAll("a[data-opens-palette]").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  }));
  palette.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
})();

/* Signing out clears what this browser keeps, also notes that could not be saved yet: then it is asked about first. */
(() => {
  "use strict";
  const kept = () => {
    try { return Object.keys(localStorage).filter((key) => key.startsWith("samordna:notes:")).length; } catch { return 0; }
  };
  document.querySelectorAll("form[data-signs-out]").forEach((form) => form.addEventListener("submit", (event) => {
    if (!kept()) return;
    event.preventDefault();
    location.assign(form.action);
  }));
  const told = document.querySelector("[data-unsaved]");
  if (told && kept()) told.hidden = false;
})();
