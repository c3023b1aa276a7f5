// One answer on the desk: what was asked, its words, what a machine could check, and the criteria with their levels.

import { button, h, once } from "./dom.js";
import { earned, isMarked, levelsOf, steps, unread } from "./deskstore.js";

/** @typedef {import("./deskstore.js").DeskStore} DeskStore */

const SAID = { yes: "✓ yes", no: "✗ no" };

/** @param {string} level */
const shown = (level) => SAID[/** @type {"yes" | "no"} */ (level)] ?? (level || "open");

/**
 * What was asked, and what a good answer is.
 * @param {import("./deskstore.js").Question} one
 */
export function drawAsked(one) {
  return [
    h("h3", { class: "bd-title" }, one.title),
    one.sentence && h("blockquote", { class: "bq-quote", dir: "auto" }, one.sentence),
    one.prompt && h("p", { class: "bq-prompt" }, one.prompt),
    (one.model || one.note) &&
      h(
        "details",
        { class: "bd-model" },
        h("summary", {}, one.model ? `A good answer${one.note ? ", and a remark on marking" : ""}` : "A remark on marking"),
        one.model && h("p", {}, one.model),
        one.note && h("p", { class: "bd-small" }, one.note),
      ),
  ].map((part) => part || null);
}

/**
 * The answer and what belongs to it.
 * @param {DeskStore} store
 */
export function drawAnswer(store) {
  const { answer } = store;
  const alike = store.alike;
  const places = alike.map((one) => store.question.answers.indexOf(one) + 1);
  return [
    answer.changed &&
      !store.now.looked &&
      h(
        "div",
        { class: "bd-remark" },
        h("p", {}, h("strong", {}, "This answer has changed since it was marked."), " Your marks stand and count: look again."),
        button({ text: "I have looked again", press: once(() => store.set({ looked: true })) }),
      ),
    answer.stood &&
      !isMarked(store.now, store.question) &&
      h(
        "p",
        { class: "bd-remark" },
        h("strong", {}, "To be marked again: "),
        "the question’s points have changed, and what was given could not go along. ",
        h("span", { dir: "auto" }, answer.stood),
      ),
    answer.problem && h("p", { class: "bd-remark" }, h("strong", {}, answer.problem)),
    h("blockquote", { class: "bd-answer", dir: "auto" }, answer.text),
    answer.checked.length > 0 &&
      h(
        "div",
        { class: "bd-checked" },
        h("p", { class: "bd-small" }, "What a machine can check:"),
        h("ul", {}, answer.checked.map((line) => h("li", { dir: "auto" }, line))),
      ),
    alike.length > 0 &&
      h(
        "p",
        { class: "bd-small" },
        `Word for word the same: ${places.length === 1 ? "answer" : "answers"} ${places.join(", ")}. `,
      ),
  ];
}

/**
 * Turn over in a long answer.
 * @param {Element | null} box
 * @param {1 | -1} way
 * @returns {boolean} whether there was more to read that way
 */
export function leaf(box, way) {
  if (!box) return false;
  const before = box.scrollTop;
  box.scrollTop += way * 0.85 * box.clientHeight;
  return box.scrollTop !== before;
}

/**
 * The criteria with a button for each level.
 * @param {DeskStore} store
 * @param {(at: number, level: string, event: Event) => void} press a level was pressed
 * @param {(points: string, event: Event) => void} give points were pressed
 */
export function drawCriteria(store, press, give) {
  const { question, now } = store;
  const both = store.mode === "settle" ? store.both[store.row] : undefined;
  const off = Boolean(store.answer.problem);
  const again = unread(now, question);
  if (!question.criteria.length) return drawPoints(store, give, both, off);
  const split = both && both.first.length === question.criteria.length && both.second.length === both.first.length;
  return [
    both && !split && h("p", { class: "bd-both" }, ...told(store.other, both.first.join(" "), both.second.join(" "))),
    h(
      "ol",
      { class: "bd-criteria" },
      question.criteria.map((criterion, at) => {
        const level = now.given[at] ?? "";
        const levels = levelsOf(criterion);
        const odd = level && !levels.includes(level);
        const state = odd ? "odd" : level === "yes" || level === "no" ? level : level ? "part" : "open";
        const worth = `${criterion.points}\u00a0${criterion.points === "1" ? "point" : "points"}`;
        const differs = split && both.first[at] !== both.second[at];
        return h(
          "li",
          { class: `bd-criterion bd-is-${state}${differs ? " bd-differs" : ""}` },
          h("kbd", {}, String(at + 1)),
          h("span", { class: "bd-words" }, criterion.text, h("span", { class: "bd-small" }, ` (${worth})`)),
          h(
            "span",
            { class: "bd-levels", role: "group", "aria-label": `${at + 1}. ${criterion.text}` },
            levels.map((one) =>
              button({
                text: shown(one),
                label: one === "yes" || one === "no" ? undefined : `${one} of ${criterion.points} points`,
                class: `bd-level bd-${one === "yes" || one === "no" ? one : "part"}`,
                press: (event) => press(at, one, event),
                attrs: { "aria-pressed": String(level === one), disabled: off },
              }),
            ),
          ),
          odd && h("span", { class: "bd-told" }, ...inTable(level, again.includes(String(at + 1)))),
          split && h("span", { class: "bd-both" }, ...told(store.other, both.first[at], both.second[at])),
        );
      }),
    ),
    now.points && drawWhole(store),
  ];
}

/**
 * What stands in the table for one criterion.
 * @param {string} level
 * @param {boolean} again whether that is no mark
 */
function inTable(level, again) {
  const there = h("bdi", {}, level);
  return again ? ["In the table: “", there, "”. That is no mark: mark again."] : ["In the table: ", there];
}

/**
 * What stands under “points”, and whether it counts.
 * @param {DeskStore} store
 */
function drawWhole(store) {
  const { now, question } = store;
  const there = h("bdi", {}, now.points);
  const counts = earned(now, question) !== null;
  return h(
    "div",
    { class: "bd-remark" },
    counts
      ? h("p", {}, "In the table ", there, " stands under “points”. That counts, whatever the criteria add up to.")
      : h(
          "p",
          {},
          h("strong", {}, "To be marked again: "),
          "in the table “",
          there,
          `” stands under “points”. That is no number from 0 to ${question.most}, so nothing counts.`,
        ),
    button({
      text: question.criteria.length ? "Let the criteria count" : "Take it away",
      press: once(() => store.set({ points: "" })),
    }),
  );
}

/**
 * @param {string} other the second marker's initials
 * @param {string} first
 * @param {string} second
 */
function told(other, first, second) {
  if (first === second) return ["Both: ", shown(first)];
  return ["You: ", shown(first), " · ", h("bdi", {}, other), `: ${shown(second)}`];
}

/**
 * @param {DeskStore} store
 * @param {(points: string, event: Event) => void} give
 * @param {import("./deskstore.js").Both | undefined} both
 * @param {boolean} off
 */
function drawPoints(store, give, both, off) {
  return [
    h(
      "div",
      { class: "bd-levels bd-points", role: "group", "aria-label": `Points, up to ${store.question.most}` },
      steps(store.question).map((one) =>
        button({
          text: one,
          label: `${one} of ${store.question.most} points`,
          class: "bd-level",
          press: (event) => give(one, event),
          attrs: { "aria-pressed": String(store.now.points === one), disabled: off },
        }),
      ),
    ),
    both && h("p", { class: "bd-both" }, ...told(store.other, both.first[0], both.second[0])),
    unread(store.now, store.question).length > 0 && drawWhole(store),
  ];
}
