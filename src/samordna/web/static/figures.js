// A column copied in a spreadsheet is pasted into one figure and goes on downwards, one row to an indicator. Enter goes to the
// next figure instead of sending in a report that is half filled in. Without this file everything can be typed as before.
(() => {
  const form = document.querySelector("form:has(.figures)");
  if (!form) return;
  const told = form.querySelector("[data-figures-told]");
  const groups = [...form.querySelectorAll("fieldset.figures")];
  const kindOf = (input) => input.name.slice(input.name.lastIndexOf("-") + 1);
  const inputOf = (group, kind) => [...group.querySelectorAll("input")].find((input) => kindOf(input) === kind);
  const firstOf = (group) => group.querySelector("input");

  form.addEventListener("paste", (event) => {
    const begun = event.target.closest?.("fieldset.figures input");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((row) => row.split("\t"));
    if (!begun || (rows.length === 1 && rows[0].length === 1)) return;
    event.preventDefault();
    const at = groups.indexOf(begun.closest("fieldset.figures"));
    const column = [...groups[at].querySelectorAll("input")].indexOf(begun);
    let filled = 0;
    for (const [down, cells] of rows.entries()) {
      const group = groups[at + down];
      if (!group) break;
      const inputs = [...group.querySelectorAll("input")];
      const place = inputOf(group, kindOf(begun)) ?? firstOf(group);
      const from = group === groups[at] ? column : inputs.indexOf(place);
      for (const [right, cell] of cells.entries()) {
        const input = inputs[from + right];
        if (!input || !cell.trim()) continue;
        input.value = cell.trim();
        input.dispatchEvent(new Event("input", { bubbles: true }));
        filled += 1;
      }
    }
    const left = Math.max(0, at + rows.length - groups.length);
    told.textContent = (left ? told.dataset.left : told.dataset.filled).replace("{n}", filled).replace("{left}", left);
  });

  form.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("fieldset.figures input");
    if (!here || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const next = groups[groups.indexOf(here.closest("fieldset.figures")) + 1];
    (next ? (inputOf(next, kindOf(here)) ?? firstOf(next)) : form.elements.comment)?.focus();
  });
})();
