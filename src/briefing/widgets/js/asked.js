// The parts that small widgets share: the prompt with its quotation, and feedback with its reasons.
// Everything shown is a text node; nothing here decides what is right.

import { digest } from "./copies.js";
import { button, h, once, refill, unique } from "./dom.js";

/**
 * @typedef {object} Item one part of a feedback
 * @property {string} target
 * @property {string} verdict
 * @property {string} label
 * @property {string} text
 */

/**
 * @typedef {object} Feedback
 * @property {number} check
 * @property {number} [attempts]
 * @property {string} summary
 * @property {Item[]} items
 */

/** The sign and the words of each verdict; the static view uses the same. */
export const VERDICTS = /** @type {Record<string, [string, string]>} */ ({
  right: ["✓", "Right"],
  near: ["≈", "Nearly"],
  wrong: ["✗", "Not this one"],
  missed: ["○", "This one"],
  extra: ["✗", "Not asked for"],
  fine: ["✓", "Rightly not chosen"],
  note: ["•", "Note"],
});

/**
 * Words to judge, set apart from our own.
 * @param {string} words
 * @returns {HTMLElement | null}
 */
export function quotation(words) {
  return words ? h("blockquote", { class: "bq-quote", dir: "auto" }, words) : null;
}

/**
 * One verdict with its reason.
 * @param {Item} item
 * @param {string} [about] the words of the part it is about, where that is not plain from the place
 * @param {Record<string, [string, string]>} [verdicts] the words of the verdicts
 * @returns {HTMLElement}
 */
export function reason(item, about, verdicts = VERDICTS) {
  const verdict = Object.hasOwn(verdicts, item.verdict) ? item.verdict : "note";
  const [sign, words] = verdicts[verdict];
  // Reasons that come with the same opening words do not say them twice.
  const text = item.text.startsWith(`${words}.`) ? item.text.slice(words.length + 1).trim() : item.text;
  return h(
    "p",
    { class: `bw-said bw-verdict-${verdict}` },
    h(
      "span",
      {},
      about && h("span", { dir: "auto" }, `${about}: `),
      h("strong", { class: `bw-verdict-${verdict}` }, h("span", { "aria-hidden": "true" }, `${sign} `), `${words}.`),
      item.label && verdict !== "right" ? ` Our answer: ${item.label.replace(/[.\s]+$/u, "")}.` : "",
      text ? ` ${text}` : "",
    ),
  );
}

/** What is said where a slow kernel answers a check of what stands here no longer. */
const OVERTAKEN = "Your answer has changed since you asked, so this is not shown for it. Ask again.";

/**
 * @typedef {object} CheckRow
 * @property {HTMLElement} node the row with the button, and the summary below it
 * @property {() => void} forget take the summary away, because the answer has changed
 * @property {() => void} destroy
 */

/**
 * The check button with the summary of the last feedback.
 * @param {object} what
 * @param {import("./saving.js").Model} what.model
 * @param {import("./saving.js").Saver} what.saver
 * @param {(words: string) => void} what.say announce politely
 * @param {() => string} what.ready what must be done first, or nothing
 * @param {(feedback: Feedback) => void} what.show show the reasons where they belong
 * @param {(item: Item, then: Record<string, any>) => boolean} [what.stands] whether what an item is about is
 *   as it was in the answer `then`; without it nothing is shown of an answer that has changed
 * @param {Node[]} [what.beside] more for the row
 * @returns {CheckRow}
 */
export function checkRow({ model, saver, say, ready, show, stands = () => false, beside = [] }) {
  const config = model.get("config") ?? {};
  const summary = h("div", { class: "bq-summary", hidden: true });
  const tries = h("span", { class: "bq-tries" });
  const hint = h("span", { class: "bq-hint", id: unique("hint") });
  const ask = button({
    text: config.check || "Check my answer",
    class: "bw-primary",
    attrs: { "aria-describedby": hint.id },
    press: once(() => {
      hint.textContent = ready();
      if (hint.textContent) say(hint.textContent);
      else saver.check();
    }),
  });
  const can = Boolean(model.get("can_check"));

  const heard = (/** @type {boolean} */ aloud) => {
    /** @type {Feedback} */
    const feedback = { items: [], ...model.get("feedback") };
    if (!feedback.summary && !feedback.items.length) return;
    const then = saver.answerOf(feedback);
    if (digest(then) !== digest(saver.answer)) {
      show({ ...feedback, items: feedback.items.filter((item) => stands(item, then)) });
      if (aloud) say((hint.textContent = OVERTAKEN));
      return;
    }
    refill(summary, h("p", {}, feedback.summary));
    summary.hidden = !feedback.summary;
    hint.textContent = "";
    const n = feedback.attempts ?? 0;
    tries.textContent = n > 1 && !config.check ? `${n} tries so far` : "";
    show(feedback);
    if (aloud) say(feedback.summary);
  };
  const later = () => heard(true);
  model.on("change:feedback", later);
  heard(false);

  return {
    node: h(
      "div",
      { class: "bq-check", hidden: !can && !beside.length && summary.hidden },
      h("div", { class: "bw-row" }, can && ask, ...beside, tries, hint),
      summary,
    ),
    forget() {
      summary.hidden = true;
      hint.textContent = "";
    },
    destroy() {
      model.off("change:feedback", later);
    },
  };
}
