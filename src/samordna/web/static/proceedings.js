/* Saves notes as one writes. What has not been saved is kept in this browser, per person and item, and sent again when the
   network is back. Without this file each field has its own button. */
(() => {
  "use strict";
  const AFTER_TYPING = 1500;
  const AFTER_FAILING = 5000;
  const PATIENCE = 20000;
  const who = document.querySelector("input[name=shown_as]")?.value || "";
  const own = Math.random().toString(36).slice(2, 14);
  /* No network, or a server that is busy: it passes. Any other refusal does not, and trying again does not help. */
  const passing = (answer) => !answer || answer.status >= 500 || answer.status === 429;
  const keep = {
    read(key) { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } },
    /* Is there room? Some browsers keep nothing for anybody. */
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* it could not be written either */ } },
  };

  document.querySelectorAll("form[data-note]").forEach((form) => {
    const { text, base, desk } = form.elements;
    const status = form.querySelector("[data-status]");
    const key = `samordna:notes:${who}:${form.dataset.note}`;
    let timer = 0;
    let running = null;
    let again = false;
    let waits = false;

    /* Said once, however many letters are typed meanwhile: a screen reader would say it at each of them. */
    const tell = (state, more = "") => {
      const words = `${form.dataset[state]}${more}`;
      if (status.textContent !== words) status.textContent = words;
      status.dataset.state = state;
    };
    const hold = () => (keep.write(key, { text: text.value, base: base.value, desk: desk.value }) ? "kept" : "unkept");
    const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

    const kept = keep.read(key);
    desk.value = kept?.desk || own;
    if (kept && kept.text !== text.value) {
      text.value = kept.text;
      base.value = kept.base;
      waits = true;
      tell("kept");
      later(300);
    } else if (kept) keep.drop(key);

    /* One at a time; what is written meanwhile is sent after it. Returns what became of the last one. */
    function save() {
      clearTimeout(timer);
      if (running) again = true;
      else {
        running = (async () => {
          let came;
          do { again = false; came = await send(); } while (again);
          running = null;
          return came;
        })();
      }
      return running;
    }

    async function send() {
      const sent = text.value;
      let answer = null;
      let told = null;
      try {
        answer = await fetch(form.action, {
          method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual",
          signal: AbortSignal.timeout(PATIENCE),
        });
        told = await answer.json().catch(() => null);
      } catch { /* no network: tried again below */ }
      if (answer?.ok && told) return taken(told, sent);
      const state = hold();
      if (told?.reason) tell(state, `. ${told.reason}`);
      else tell(passing(answer) ? state : "stale");
      if (passing(answer)) later(AFTER_FAILING);
      return state;
    }

    function taken(told, sent) {
      if (!told.beside) base.value = told.number;
      waits = text.value !== sent;
      if (waits) {
        tell(hold());
        return "kept";
      }
      keep.drop(key);
      const state = told.beside ? "beside" : "saved";
      tell(state, told.beside ? "" : ` ${told.at}`);
      return state;
    }

    text.addEventListener("input", () => {
      waits = true;
      tell(hold());
      later(AFTER_TYPING);
    });
    text.addEventListener("blur", () => { if (waits) save(); });
    window.addEventListener("online", () => { if (waits) save(); });
    /* The button saves without leaving the page, which may not be there to come back to; and shows what stands beside. */
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if ((await save()) === "beside") location.reload();
    });
  });

  /* Other forms leave the page. Without a network there is no page to leave for, and what was typed would be gone. */
  const network = document.querySelector("[data-network]");
  let sure = false;
  document.addEventListener("submit", async (event) => {
    if (sure || navigator.onLine || event.defaultPrevented) return;
    event.preventDefault();
    const { target, submitter } = event;
    try {
      await fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      network.textContent = network.dataset.network;
      return;
    }
    sure = true;
    target.requestSubmit(submitter);
  });
  window.addEventListener("online", () => { network.textContent = ""; });

  /* What has been typed in other fields and not sent follows along when another form leaves the page: until it is sent. With
     it follows what was chosen in the same form, so that words meant for one seat are not sent for another. */
  const typed = document.querySelector("[data-typed]");
  const drafts = `samordna:typed:${who}:${typed?.dataset.typed}`;
  const fields = () => [...document.querySelectorAll("main form[method=post]:not([data-note]) :is(input:not([type]), input[type=text], textarea)")];
  const ticked = (field) => field.type === "radio" || field.type === "checkbox";
  const named = (field) => {
    const name = `${field.form.id || new URL(field.form.action).pathname} ${field.name}`;
    return ticked(field) ? `${name} ${field.value}` : name;
  };
  const chosen = (those) => [...new Set(those.map((field) => field.form))]
    .flatMap((form) => [...form.querySelectorAll("select, input:is([type=radio], [type=checkbox]), input[type=hidden][name=seat_id]")]);
  const choose = (field, was) => {
    if (ticked(field)) field.checked = was;
    else if (field.type !== "hidden") {
      field.value = was;
      if (field.selectedIndex < 0) field.required = true;  // what was chosen is there no more: one chooses again
    }
  };
  const forget = () => { try { sessionStorage.removeItem(drafts); } catch { /* nothing is kept */ } };
  let leaving = null;
  try {
    const kept = JSON.parse(sessionStorage.getItem(drafts) || "{}");
    const again = fields().filter((field) => named(field) in kept && field.value === field.defaultValue);
    forget();
    chosen(again).filter((field) => named(field) in kept).forEach((field) => choose(field, kept[named(field)]));
    again.forEach((field) => {
      field.value = kept[named(field)];
      const folded = field.closest("details");
      if (folded) folded.open = true;
    });
  } catch { /* this browser keeps nothing */ }
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = event.target; });
  window.addEventListener("pageshow", (event) => {
    leaving = null;
    if (event.persisted) forget();  // the fields themselves have it still
  });
  window.addEventListener("pagehide", () => {
    const refused = (field) => field.value && field.form.querySelector(".error");
    const unsent = (field) => field.value !== field.defaultValue || refused(field);
    const changed = fields().filter((field) => field.form !== leaving && unsent(field));
    if (!changed.length) return forget();
    const said = [...changed, ...chosen(changed)].map((field) => [named(field), ticked(field) ? field.checked : field.value]);
    try {
      sessionStorage.setItem(drafts, JSON.stringify(Object.fromEntries(said)));
    } catch { /* this browser keeps nothing */ }
  });

  /* Alt and an arrow: to the notes of the item after or before; from elsewhere to those of the item one came to, or that is
     taken up. Alt and Enter: done with that item, and on in the notes of the next. From another item's notes one is first
     taken to those of the item that would be done; what it waits for is said. */
  document.querySelectorAll("[data-scripted]").forEach((words) => { words.hidden = false; });
  const aim = () => {
    const target = document.querySelector(":target");
    return target?.closest(".taken") || target?.querySelector(".taken") || document.querySelector(".taken.now");
  };
  const ON = "samordna:on";
  window.addEventListener("pageshow", () => {  // the address's own place takes the focus before this
    document.querySelector("[autofocus][aria-invalid]")?.focus();
    try {
      if (sessionStorage.getItem(ON)) document.querySelector(".taken.now textarea.notes")?.focus();
      sessionStorage.removeItem(ON);
    } catch { /* one tabs there */ }
  });
  const said = document.querySelector("[data-said]");
  for (const kind of ["input", "click"]) document.addEventListener(kind, () => { said.textContent = ""; });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      const current = document.querySelector(".taken.now");
      if (!current) return;
      event.preventDefault();
      if (event.repeat) return;  // a key that is held down closes one item
      const here = document.activeElement?.closest(".taken");
      if (here && here !== current) {
        current.querySelector("textarea.notes").focus();
        said.textContent = current.dataset.elsewhere;
        return;
      }
      const done = current.querySelector("button[data-done]");
      said.textContent = done ? "" : current.dataset.waits;
      if (!done) return;
      try { sessionStorage.setItem(ON, "1"); } catch { /* one tabs there */ }
      done.form.requestSubmit(done);
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...document.querySelectorAll("textarea.notes")];
    if (!all.length) return;
    event.preventDefault();
    const now = all.findIndex((one) => one.closest(".taken").contains(document.activeElement));
    const meant = all.findIndex((one) => one.closest(".taken") === aim());
    const next = now < 0 ? meant : now + (event.key === "ArrowDown" ? 1 : -1);
    all[Math.max(0, Math.min(next, all.length - 1))].focus();
  });
})();
