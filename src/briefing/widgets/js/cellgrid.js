// The table of a matrix: one button a cell, which says its answer with a sign and in words. Real
// headers; a narrow page puts each text's cells below each other, with their names.

import { h, refill } from "./dom.js";
import { CELL_VERDICTS } from "./fields.js";
import { ANSWERS, answerOf, places } from "./matrixstore.js";

/**
 * @param {import("./matrixstore.js").MatrixStore} store
 * @param {{open: (article: string, column: string) => void, caption: string, panel: string}} how
 *   `open`: a cell was chosen by hand; `panel` the id of what opens
 */
export function createGrid(store, { open, caption, panel }) {
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  const line = store.functions.map((_, index) => `bm-f bm-f${(index % 8) + 1}`);
  const head = h(
    "tr",
    { role: "row" },
    h("th", { scope: "col", role: "columnheader" }, "Text"),
    store.functions.map((column, index) =>
      h(
        "th",
        { scope: "col", role: "columnheader" },
        h("span", { class: line[index], dir: "auto" }, column.name),
        column.hint && h("span", { class: "bm-hint", dir: "auto" }, column.hint),
      ),
    ),
  );
  const rows = store.texts.map((text) =>
    h(
      "tr",
      { role: "row" },
      h(
        "th",
        { scope: "row", role: "rowheader" },
        h("span", { class: "bm-name", dir: "auto" }, text.id),
        text.title && h("span", { class: "bm-hint", dir: "auto" }, text.title),
      ),
      store.functions.map((column) => {
        const made = /** @type {HTMLButtonElement} */ (
          h("button", {
            type: "button",
            class: "bm-cell",
            "aria-controls": panel,
            on: { click: () => open(text.id, column.id) },
          })
        );
        buttons.set(`${text.id}/${column.id}`, made);
        return h("td", { role: "cell" }, made);
      }),
    ),
  );
  const node = h(
    "table",
    { class: "bm-grid", role: "table" },
    h("caption", {}, caption),
    h("thead", { role: "rowgroup" }, head),
    h("tbody", { role: "rowgroup" }, rows),
  );
  node.addEventListener("keydown", (event) => {
    const at = [...buttons.values()].indexOf(/** @type {any} */ (event.target));
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const wide = store.functions.length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.size - 1 : step ? at + step : NaN;
    if (Number.isNaN(to)) return;
    event.preventDefault();
    [...buttons.values()][to]?.focus();
  });

  const sync = () => {
    for (const [id, made] of buttons) {
      const cell = store.cells[id];
      const answer = answerOf(cell);
      const [sign, words] = ANSWERS[answer];
      const spans = cell?.spans.length ?? 0;
      const [said] = store.said(id);
      const verdict = said && (CELL_VERDICTS[said.verdict] ?? CELL_VERDICTS.note);
      const [article, function_] = id.split("/");
      const column = store.column(function_);
      // Only paper shows the words in the table: it has no text beside it.
      const mine = spans ? store.store(article) : null;
      const quotes = mine?.marks.filter((mark) => mark.label === function_) ?? [];
      const here = store.chosenId === id;
      made.setAttribute("aria-expanded", String(here));
      made.className = `bm-cell bm-${answer} ${here ? "bm-here" : ""}`.trim();
      refill(
        made,
        h("span", { class: "bm-in", dir: "auto" }, column?.name ?? "", h("span", { class: "bw-live" }, `, ${article}: `)),
        h("span", { class: "bm-answer" }, h("span", { class: "bm-sign", "aria-hidden": "true" }, sign), words),
        spans > 0 && h("span", { class: "bm-count" }, `“…” ${places(spans)}`),
        answer === "yes" && !spans && h("span", { class: "bm-count" }, "no words yet"),
        quotes.map(({ start, end }) => h("span", { class: "bm-paper", dir: "auto" }, `“${mine?.text.slice(start, end)}”`)),
        verdict && h("span", { class: `bm-said bw-verdict-${said.verdict}` }, `${verdict[0]} ${verdict[1]}`),
      );
    }
  };
  sync();
  return {
    node,
    sync,
    /** @param {string} id */
    focus: (id) => (buttons.get(id) ?? [...buttons.values()][0])?.focus(),
  };
}
