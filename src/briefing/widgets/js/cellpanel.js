// What stands beside the text of a chosen cell: its question, yes or no or cannot say yet, the words
// that are attached, and the reason after a check.

import { reason } from "./asked.js";
import { button, h, refill, short, unique } from "./dom.js";
import { CELL_VERDICTS } from "./fields.js";
import { ANSWERS, answerOf } from "./matrixstore.js";

/** @type {["yes" | "no" | "unsure", boolean | null][]} */
const CHOICES = [
  ["yes", true],
  ["no", false],
  ["unsure", null],
];

/**
 * @param {import("./matrixstore.js").MatrixStore} store
 * @param {{jump: (mark: import("./marks.js").Mark) => void, text: () => void, back: () => void, attached: () => void}} acts
 *   `jump`: show a mark in the text; `text`: go to the text; `back`: go to the table
 */
export function createPanel(store, acts) {
  const name = unique("decide");
  const title = h("h4", { class: "bm-title", id: unique("cell") });
  const hint = h("p", { class: "bm-hint" });
  const inputs = CHOICES.map(([answer, present]) => {
    const input = /** @type {HTMLInputElement} */ (
      h("input", { type: "radio", name, "aria-disabled": store.readonly && "true" })
    );
    input.addEventListener("change", () => store.decide(store.chosenId, present));
    if (store.readonly) input.addEventListener("click", (event) => event.preventDefault());
    const [sign, words] = ANSWERS[answer];
    return { answer, input, node: h("label", { class: "bm-choice" }, input, h("span", { class: "bm-sign", "aria-hidden": "true" }, sign), words) };
  });
  const decide = h("fieldset", { class: "bm-decide" }, h("legend", {}, "Does the text do it?"), inputs.map((one) => one.node));
  const attach = button({
    text: "Attach",
    class: "bw-primary bm-attach",
    press: () => {
      const mine = here();
      if (!mine) return;
      if (!mine.pending) return acts.text();
      mine.label(store.chosen?.function ?? "");
      acts.attached();
    },
  });
  const empty = h("p", { class: "bm-hint" });
  const list = h("ol", { class: "bm-spans", "aria-label": "Words attached to this cell" });
  const said = h("div", { class: "bm-reasons" });
  const clear = button({
    text: "Clear this cell",
    class: "bw-quiet",
    press: () => {
      store.clear(store.chosenId);
      inputs[0].input.focus();
    },
  });
  const back = button({ text: "Back to the table", class: "bw-quiet", press: acts.back });
  const node = h(
    "section",
    { class: "bm-panel", "aria-labelledby": title.id },
    title,
    hint,
    decide,
    h("div", { class: "bm-words" }, h("h5", { class: "bm-sub" }, "The words that show it"), empty, list, !store.readonly && attach),
    said,
    h("div", { class: "bw-row" }, back, !store.readonly && clear),
  );

  const here = () => (store.chosen ? store.store(store.chosen.article) : null);
  let stamp = "";

  const sync = () => {
    const mine = here();
    if (!mine || !store.chosen) return;
    const id = store.chosenId;
    const column = store.column(store.chosen.function);
    const text = store.text(store.chosen.article);
    title.textContent = `${text?.id ?? ""} · ${column?.name ?? ""}`;
    hint.textContent = column?.hint ?? "";
    hint.hidden = !column?.hint;
    const cell = store.cells[id];
    const answer = answerOf(cell);
    for (const one of inputs) one.input.checked = one.answer === answer;
    const marks = mine.marks.filter((mark) => mark.label === column?.id);
    const pending = mine.pending ? short(mine.text.slice(mine.pending.start, mine.pending.end), 40) : "";
    attach.textContent = pending ? `Attach “${pending}”` : "Select words in the text";
    attach.classList.toggle("bw-primary", Boolean(pending));
    empty.hidden = marks.length > 0;
    empty.textContent = answer === "no" ? "Nothing is attached, and nothing has to be." : "Nothing is attached yet.";
    const now = JSON.stringify([id, marks, mine.active, answer]);
    if (now !== stamp) {
      stamp = now;
      const held = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.mark;
      refill(
        list,
        marks.map((mark, index) => {
          const words = mine.text.slice(mark.start, mark.end);
          const jump = h(
            "button",
            {
              type: "button",
              class: "bm-span",
              "aria-pressed": String(mark.id === mine.active),
              dataset: { mark: mark.id },
              on: { click: () => acts.jump(mark) },
            },
            h("span", { class: "bm-words-of", dir: "auto" }, `“${short(words, 140)}”`),
          );
          const remove = button({
            label: `Remove “${short(words, 60)}”`,
            text: "×",
            class: "bw-quiet bm-remove",
            press: () => {
              mine.active = mark.id;
              mine.erase();
              const next = list.querySelectorAll(".bm-remove")[Math.min(index, marks.length - 2)];
              if (next instanceof HTMLElement) next.focus();
              else if (attach.isConnected) attach.focus();
            },
          });
          return h("li", {}, jump, !store.readonly && remove);
        }),
      );
      if (held) /** @type {HTMLElement | null} */ (list.querySelector(`[data-mark="${CSS.escape(held)}"]`))?.focus();
    }
    refill(said, store.said(id).map((item) => reason({ ...item, label: "" }, "", CELL_VERDICTS)));
    clear.hidden = !cell;
  };
  return {
    node,
    sync,
    focus: () => (inputs.find((one) => one.input.checked) ?? inputs[0]).input.focus(),
  };
}
