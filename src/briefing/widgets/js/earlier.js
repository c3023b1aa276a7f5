// Earlier versions of the answers, at the hand-in: a list to open, each with what it holds, and a
// button that asks Python to bring it back. Everything shown comes from Python and is a text node.

import { SILENT } from "./asking.js";
import { button, h, refill } from "./dom.js";
import { CHANGED } from "./listening.js";
import { moment } from "./moment.js";

/**
 * @typedef {{name: string, revision: number, saved: string, answered: number, why: string, holds: string[]}} Version
 */

/**
 * @param {object} what
 * @param {import("./asking.js").Asker} what.asker
 * @param {(words: string) => void} what.say announce politely
 * @param {string} what.exercise whose questions are told when something was brought back
 * @returns {HTMLElement}
 */
export function createEarlier({ asker, say, exercise }) {
  const body = h("div", { class: "bq-fold" });
  const problem = h("p", { class: "bq-wrong", role: "alert", hidden: true });
  const done = h("p", { class: "bq-done", hidden: true });
  const node = /** @type {HTMLDetailsElement} */ (
    h("details", { class: "bq-more" }, h("summary", {}, "Earlier versions…"), problem, done, body)
  );

  /**
   * @param {HTMLElement} place
   * @param {string} words
   */
  function tell(place, words) {
    place.textContent = words;
    place.hidden = !words;
  }

  async function list() {
    const told = await asker.ask("versions", {}, () => tell(problem, SILENT));
    tell(problem, told.ok ? "" : told.message);
    if (!told.ok) return;
    /** @type {Version[]} */
    const versions = told.versions;
    refill(
      body,
      versions.length
        ? h("ol", { class: "bq-list" }, byMinute(versions).map(([last, ...before]) => row(last, before)))
        : h("p", {}, "There is no earlier version yet. Each time something is saved, what stood there before is kept."),
    );
  }

  /**
   * @param {Version} version
   * @param {Version[]} [before] those of the same minute, folded below it
   * @param {boolean} [exact] say the seconds too
   * @returns {HTMLElement}
   */
  function row(version, before = [], exact = false) {
    const when = version.saved ? moment(version.saved, exact) : "time unknown";
    const name = `revision ${version.revision}, ${when}`;
    const answers = version.answered === 1 ? "1 answer" : `${version.answered} answers`;
    const asked = h("div", { class: "bq-sure", hidden: true });
    const back = button({
      text: "Bring back…",
      label: `Bring back ${name}`,
      press: () => {
        refill(
          asked,
          h("p", {}, `Bring back revision ${version.revision}? It takes the place of your answers now; these are kept in this list.`),
          h(
            "div",
            { class: "bw-row" },
            button({ text: "Yes, bring it back", press: () => bring(version) }),
            button({
              text: "No",
              press: () => {
                asked.hidden = true;
                back.focus();
              },
            }),
          ),
        );
        asked.hidden = false;
        asked.querySelector("button")?.focus();
      },
    });
    return h(
      "li",
      {},
      h(
        "div",
        { class: "bq-line" },
        h("span", {}, h("strong", {}, `Revision ${version.revision}`), `, ${when}: ${answers}`, version.why && ` (${version.why})`, "."),
        back,
      ),
      version.holds.length > 0 && h("p", { class: "bq-holds", dir: "auto" }, version.holds.join(" · ")),
      asked,
      before.length > 0 &&
        h(
          "details",
          { class: "bq-more" },
          h("summary", {}, `${before.length} more from this minute`),
          h("ol", { class: "bq-list" }, before.map((one) => row(one, [], true))),
        ),
    );
  }

  /** @param {Version} version */
  async function bring(version) {
    const told = await asker.ask("restore", { name: version.name }, () => tell(problem, `${SILENT} Nothing was changed.`));
    tell(problem, told.ok ? "" : told.message);
    tell(done, told.ok ? told.message : "");
    if (!told.ok) return;
    say(told.message);
    tellQuestions(exercise);
    await list();
    node.querySelector("summary")?.focus();
  }

  node.addEventListener("toggle", () => {
    if (node.open) list();
  });
  return node;
}

/**
 * Versions that follow each other within a minute stand together: someone who works on makes one
 * every few seconds. One that was kept for a reason stands alone.
 * @param {Version[]} versions the latest first
 * @returns {[Version, ...Version[]][]}
 */
export function byMinute(versions) {
  /** @type {[Version, ...Version[]][]} */
  const groups = [];
  for (const version of versions) {
    const last = groups.at(-1);
    const same = last && version.saved && !version.why && !last[0].why && moment(last[0].saved) === moment(version.saved);
    if (same) last.push(version);
    else groups.push([version]);
  }
  return groups;
}

/**
 * Let the questions on this page say that the answers file has changed under them.
 * @param {string} exercise
 */
export function tellQuestions(exercise) {
  const text =
    "Your answers were changed at the hand-in: an earlier version or a file was brought back. Run all " +
    "cells to see it before you go on here.";
  document.dispatchEvent(new CustomEvent(CHANGED, { detail: { exercise, text } }));
}
