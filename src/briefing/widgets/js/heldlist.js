// What this browser keeps for the course, as a list at the hand-in, with a way to forget it on this
// computer. It asks before it deletes, on the page, and says when something was never saved.

import { button, h, refill } from "./dom.js";
import { forget, forgetAll, heldBy, heldInWords } from "./held.js";
import { moment } from "./moment.js";

/** @typedef {import("./held.js").Held} Held */

/**
 * @param {object} what
 * @param {Storage | null} what.storage
 * @param {string} what.student the code that is one's own
 * @param {(words: string) => void} what.say announce politely
 * @returns {HTMLElement}
 */
export function createHeldList({ storage, student, say }) {
  const body = h("div", { class: "bq-fold" });
  const done = h("p", { class: "bq-done", hidden: true });
  const node = /** @type {HTMLDetailsElement} */ (
    h("details", { class: "bq-more" }, h("summary", {}, "Kept in this browser…"), body, done)
  );

  function paint() {
    const held = heldBy(storage);
    const own = held.find((one) => one.student === student);
    const others = held.filter((one) => one.student !== student);
    refill(
      body,
      h(
        "p",
        {},
        held.length
          ? "This browser keeps a copy of what was answered here, for the case that a session is lost. On a computer that you share, forget it when you have downloaded your answers."
          : "This browser keeps no answers.",
      ),
      held.length > 0 && h("ul", { class: "bq-list" }, [own, ...others].map((one) => one && row(one))),
      others.some((one) => !one.desk) &&
        h(
          "p",
          { class: "bq-holds" },
          "Is another of these codes yours? Give it on the start page, at “Your code”, then run all cells here: its answers are offered.",
        ),
      held.length > 1 && forgetting("Forget everything…", "everything", held, () => forgetAll(storage)),
    );
  }

  /** @param {Held} one */
  function row(one) {
    const mine = one.student === student;
    const answers = one.answers === 1 ? "1 answer" : `${one.answers} answers`;
    const when = one.when ? `, the last of ${moment(one.when)}` : "";
    return h(
      "li",
      {},
      h(
        "p",
        { class: "bq-of" },
        h("strong", { dir: "auto" }, one.student || "no code"),
        mine ? " (your code)" : one.desk ? " (marks of the marking desk)" : "",
        `: ${answers}, ${inKilobytes(one.bytes)}${when}.`,
        one.unsaved > 0 && h("strong", { class: "bq-warn" }, ` ${neverSaved(one.unsaved)}.`),
      ),
      h("p", { class: "bq-holds", dir: "auto" }, heldInWords(one)),
      forgetting("Forget on this computer…", one.student || "no code", [one], () => forget(storage, one.student)),
    );
  }

  /**
   * A button that asks first, in its own place.
   * @param {string} text
   * @param {string} whose
   * @param {Held[]} held
   * @param {() => void} go
   */
  function forgetting(text, whose, held, go) {
    const asked = h("div", { class: "bq-sure", hidden: true });
    const first = button({
      text,
      label: whose === "everything" ? text : `${text.slice(0, -1)}: ${whose}`,
      press: () => {
        const now = heldBy(storage).filter((one) => held.some(({ student: code }) => code === one.student));
        const lost = now.reduce((sum, one) => sum + one.unsaved, 0);
        const answers = now.reduce((sum, one) => sum + one.answers, 0);
        refill(
          asked,
          h(
            "p",
            {},
            `Forget ${whose} in this browser (${answers === 1 ? "1 answer" : `${answers} answers`})? The answers files in the work folder stay. `,
            lost > 0 && h("strong", { class: "bq-warn" }, `${neverSaved(lost)}, so gone for good if you forget.`),
          ),
          h(
            "div",
            { class: "bw-row" },
            button({
              text: "Yes, forget",
              press: () => {
                go();
                done.textContent = `Forgotten on this computer: ${whose}. A question that is still open here writes a new copy when you go on.`;
                done.hidden = false;
                say(done.textContent);
                paint();
                node.querySelector("summary")?.focus();
              },
            }),
            button({
              text: "No",
              press: () => {
                asked.hidden = true;
                first.focus();
              },
            }),
          ),
        );
        asked.hidden = false;
        asked.querySelector("button")?.focus();
      },
    });
    return h("div", {}, first, asked);
  }

  node.addEventListener("toggle", () => {
    if (node.open) paint();
  });
  return node;
}

/** @param {number} number */
function neverSaved(number) {
  return `${number} never saved to an answers file`;
}

/** @param {number} bytes */
export function inKilobytes(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : `${Math.round(bytes / 1000).toLocaleString("en-GB")} kB`;
}
