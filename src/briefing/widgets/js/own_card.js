// entry
// A card of one's own: the boxes of a table with one row, and the gates as Python found them. It
// judges nothing itself; what changed in a gate is said once the hand has rested.

import { h, refill, unique } from "./dom.js";
import { Saver } from "./saving.js";
import { blank, drawTable } from "./table.js";

/**
 * @typedef {{id: string, name: string, state: string, words: string}} Gate
 */

/** The sign and the words of each state; the static view uses the same. */
const SIGNS = /** @type {Record<string, [string, string]>} */ ({
  open: ["○", "not yet"],
  holds: ["✓", "holds"],
  limits: ["≈", "with a limit"],
  fails: ["✗", "does not hold"],
  later: ["→", "too late for this test"],
});

/** How long after the last news it is said (milliseconds). */
const REST = 900;

/**
 * @param {import("./saving.js").Model} model
 * @param {import("./shell.js").Shell} shell
 */
function gatesPanel(model, shell) {
  const head = h("h4", { class: "bo-head", id: unique("gates") }, "What a machine can check");
  const list = h("ul", { class: "bo-gates" });
  const read = () => /** @type {Gate[]} */ (model.get("gates") ?? []);
  const sentence = (/** @type {Gate} */ gate) => `${gate.name}: ${(SIGNS[gate.state] ?? SIGNS.open)[1]}. ${gate.words}`;
  let told = new Map(read().map((gate) => [gate.id, sentence(gate)]));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  function draw() {
    refill(
      list,
      read().map((gate) => {
        const state = Object.hasOwn(SIGNS, gate.state) ? gate.state : "open";
        const [sign, words] = SIGNS[state];
        return h(
          "li",
          { class: `bo-gate bo-${state}` },
          h("span", { class: "bo-sign", "aria-hidden": "true" }, sign),
          h("span", {}, h("strong", {}, gate.name), ` (${words}): `, h("span", { dir: "auto" }, gate.words)),
        );
      }),
    );
  }
  function news() {
    const now = new Map(read().map((gate) => [gate.id, sentence(gate)]));
    const fresh = [...now].filter(([id, words]) => told.get(id) !== words).map(([, words]) => words);
    told = now;
    if (fresh.length) shell.say(fresh.join(" "));
  }
  const changed = () => {
    draw();
    clearTimeout(later);
    later = setTimeout(news, REST);
  };
  model.on("change:gates", changed);
  draw();
  return {
    node: h("div", { class: "bo-panel", role: "group", "aria-labelledby": head.id }, head, list),
    destroy() {
      clearTimeout(later);
      model.off("change:gates", changed);
    },
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return drawTable(model, el, saver, (shell) => gatesPanel(model, shell));
    },
  };
};
