// entry
// The marking desk: one answer at a time, the criteria beside it, one keystroke a level. Saved at once,
// like every answer; nobody's name is here to be shown.

import { drawAnswer, drawAsked, drawCriteria, leaf } from "./deskcard.js";
import { stoodBefore, withEntered } from "./deskcopy.js";
import { createDeskHelp } from "./deskhelp.js";
import { createNote } from "./desknote.js";
import { DeskStore, earned, isMarked, levelsOf, steps, unread, waiting as toMark } from "./deskstore.js";
import { button, h, once, refill, unique } from "./dom.js";
import { latin } from "./latin.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";
import { saveAs } from "./unsaved.js";

class DeskSaver extends Saver {
  /** Nothing reads marks back from a file: the browser's own copy is offered when the desk comes up again. */
  get loadable() {
    return false;
  }

  /**
   * @override
   * @param {Record<string, any>} answer
   * @param {import("./copies.js").Copy} copy
   */
  brought(answer, copy) {
    return { ...answer, marks: withEntered(this.answer.marks, answer.marks ?? {}, copy.before) };
  }

  /** @override */
  get alongside() {
    return { before: stoodBefore(this.answer.marks ?? {}, this.safe.marks ?? {}) };
  }

  /** The marks as a file, where this browser keeps no copy: a person can read it. */
  download() {
    saveAs("marks-not-saved.json", JSON.stringify(this.answer, null, 1));
  }
}

/** @param {EventTarget | null} target */
const typing = (target) => target instanceof HTMLElement && ["TEXTAREA", "SELECT", "INPUT"].includes(target.tagName);

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 * @param {DeskStore} store
 */
function render(model, el, saver, store) {
  const config = model.get("config");
  const settling = store.mode === "settle";
  const shell = createShell({ el, model, saver, name: "desk", keys });
  if (!store.questions.length) {
    shell.main.append(h("div", { class: "bq-body" }, h("p", { class: "bq-prompt" }, "There is no open answer to mark here.")));
    shell.foot.hidden = true;
    return () => shell.destroy();
  }
  const help = createDeskHelp(store.mode, () => card.focus());
  const headId = unique("head");
  const noteId = unique("note");

  const question = /** @type {HTMLSelectElement} */ (
    h("select", { "aria-label": "Question" }, store.questions.map((one, at) => h("option", { value: at }, one.title)))
  );
  const filter = /** @type {HTMLSelectElement} */ (h("select", { "aria-label": "Which answers" }));
  const bar = /** @type {HTMLProgressElement} */ (h("progress", { class: "bd-bar", "aria-label": "Marked so far", value: 0, max: 1 }));
  const count = h("span", { class: "bd-count" });
  const asked = h("div", { class: "bd-asked" });
  const head = h("h4", { class: "bd-head", id: headId });
  const words = h("div", {});
  const criteria = h("div", {});
  const sum = h("p", { class: "bd-sum" });
  const hint = h("p", { class: "bd-small bd-keys" });
  const alike = button({ text: "", class: "bd-alike", press: once(() => spread()) });
  // Why a key did nothing, or did more than is in sight. The live region says it too, and is not seen.
  const reply = h("p", { class: "bd-remark bd-reply", hidden: true });
  const note = createNote(store, saver, noteId);
  const later = button({ text: "", class: "bd-later", press: once(() => flag()) });
  const onward = button({ text: settling ? "Settled, next" : "Next not marked", class: "bw-primary", press: once(() => next()) });
  const card = h(
    "div",
    { class: "bd-card", tabindex: "0", role: "region", "aria-labelledby": headId },
    h("div", { class: "bd-left" }, head, words),
    h(
      "div",
      { class: "bd-right" },
      hint,
      criteria,
      sum,
      alike,
      h("label", { class: "bd-small", for: noteId }, store.mode === "second" ? "Note of your own: it stays in your table" : "Note to the student"),
      note.field,
      note.refused,
      h(
        "div",
        { class: "bw-row bd-moves" },
        button({ text: "←", label: "Previous answer", press: () => move(-1) }),
        button({ text: "→", label: "Next answer", press: () => move(1) }),
        later,
        h("span", { class: "bw-gap" }),
        onward,
      ),
      reply,
    ),
  );

  /** @param {string} words */
  function answer(words) {
    shell.say(words);
    reply.textContent = words;
    reply.hidden = false;
    reply.scrollIntoView({ block: "nearest" });
  }

  // ---- what the keys do ----

  /** @param {KeyboardEvent} event */
  function keys(event) {
    const command = event.ctrlKey || event.metaKey;
    const pressed = latin(event);
    const key = pressed.toLowerCase();
    if (command && key === "s") note.flush();
    if (event.target === note.field) {
      if (event.key === "Escape" || (command && event.key === "Enter")) {
        note.flush();
        card.focus();
        return true;
      }
      return false;
    }
    if (typing(event.target) || !store.questions.length) return false;
    if (command && !event.altKey && (key === "z" || key === "y")) {
      const back = key === "z" && !event.shiftKey;
      const done = back ? store.undo() : store.redo();
      if (done) shell.say(`${back ? "Taken back" : "Done again"}. ${place()} ${levels()}`);
      else answer(`Nothing to ${back ? "take back" : "do again"}.`);
      return true;
    }
    if (command || event.altKey) return false;
    // A key that is held down is one press: it would give yes and no in turn, or run through the class.
    if (event.repeat && /^(?:[0-9af]|Enter)$/u.test(pressed)) return !(event.target instanceof HTMLButtonElement);
    if (event.key === "?") help.open();
    else if (/^[0-9]$/u.test(pressed)) digit(Number(pressed));
    else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) next();
    else if (pressed === "n" || event.key === "ArrowRight") move(1);
    else if (pressed === "p" || event.key === "ArrowLeft") move(-1);
    else if (pressed === "e") note.field.focus();
    else if (event.key === "PageDown" || event.key === "PageUp") return leaf(long(), event.key === "PageDown" ? 1 : -1);
    else if (pressed === "f") flag();
    else if (pressed === "a") spread();
    else if (event.key === "Delete" || event.key === "Backspace") wipe();
    else return false;
    return true;
  }

  /** The box of the answer, which scrolls where it is long. */
  const long = () => words.querySelector(".bd-answer");

  /** @param {number} number */
  function digit(number) {
    if (store.answer.problem) return answer(store.answer.problem);
    const { criteria: list } = store.question;
    if (!list.length) {
      if (steps(store.question).includes(String(number))) give(String(number));
    } else if (number === 0) {
      store.rest();
      shell.say(levels());
      sum.scrollIntoView({ block: "nearest" });
    } else if (number <= list.length) {
      shell.say(`${number}: ${store.level(number - 1)}. ${levels()}`);
      // On a small screen, or a zoomed one, it stands below the answer: what the key did is to be seen.
      criteria.querySelectorAll(".bd-criterion")[number - 1]?.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {string} points */
  function give(points) {
    store.set({ points: store.now.points === points ? "" : points });
    shell.say(levels());
  }

  function wipe() {
    if (store.answer.problem) return answer(store.answer.problem);
    store.clear();
    shell.say("All marks taken away.");
  }

  function flag() {
    note.flush();
    store.set({ later: !store.now.later });
    shell.say(store.now.later ? "To come back to." : "No longer to come back to.");
  }

  /** @param {1 | -1} way */
  function move(way) {
    note.flush();
    if (store.step(way)) arrive();
    else answer(`${way > 0 ? "This is the last one" : "This is the first one"}${store.filter === "all" ? "" : ` of those shown: “${filterName()}”`}.`);
  }

  function next() {
    note.flush();
    const { now } = store;
    const odd = unread(now, store.question);
    if (odd.length) return answer(again(odd));
    const open = now.given.flatMap((level, at) => (level ? [] : [String(at + 1)]));
    if (!now.points && open.length && (settling || open.length < now.given.length)) {
      const many = open.length > 1;
      return answer(`${many ? "Criteria" : "Criterion"} ${open.join(" and ")} ${many ? "are" : "is"} still open. Press 0 for no.`);
    }
    if (settling && !now.settled) store.set({ settled: true });
    const { left, question: { answers } } = store;
    if (store.onward()) arrive();
    else if (!left.length) answer(`All ${answers.length} are ${settling ? "settled" : "marked"}.${otherQuestion()}`);
    else if (left.every((one) => one.problem)) {
      answer(`${left.length} of ${answers.length} cannot be marked here. ${left[0].problem}${otherQuestion()}`);
    } else answer(`This is the only one that is not ${settling ? "settled" : "marked"}.`);
  }

  /** Where to go on when a question is done. */
  function otherQuestion() {
    const next = store.questions.find((one) => one.answers.some((other) => store.waits(other, one)));
    return next ? ` Go on with the next question, above: ${next.title}` : "";
  }

  function spread() {
    if (store.answer.problem) return answer(store.answer.problem);
    const many = store.spread();
    if (many) answer(`${many} more marked alike.`);
    else if (isMarked(store.now, store.question)) answer("No other answer that is word for word the same is still open.");
    else answer("Mark this answer first: then those that are word for word the same can have its marks.");
  }

  function arrive() {
    card.focus({ preventScroll: true });
    // Its nearest scroller may begin far below the window's edge, as JupyterLab's does.
    head.scrollIntoView({ block: "nearest" });
    shell.say(`${place()} ${levels()}`);
  }

  // ---- what is shown ----

  const filterName = () => FILTERS.find(([value]) => value === store.filter)?.[1] ?? "";
  const place = () => `Answer ${store.place + 1} of ${store.question.answers.length}.`;
  function levels() {
    const points = earned(store.now, store.question);
    const odd = unread(store.now, store.question);
    if (store.answer.problem) return "Not marked.";
    if (points !== null) return `${points} of ${store.question.most} points.`;
    if (odd.length) return again(odd);
    if (!store.question.criteria.length) return "Not marked yet.";
    return `${toMark(store.now, store.question).length} of ${store.now.given.length} criteria open.`;
  }
  /** @param {string[]} odd numbers of criteria, and "points" */
  function again(odd) {
    return `To be marked again: what the table has under ${odd.join(" and ")} is no mark.`;
  }
  /** @param {Event} event by mouse or finger: the keys go on with the answer */
  const back = (event) => {
    if (/** @type {MouseEvent} */ (event).detail > 0) card.focus({ preventScroll: true });
  };

  let drawn = "";
  let drawnQuestion = -1;
  /** @type {[import("./deskstore.js").Filter, string][]} */
  const FILTERS = settling
    ? [["all", "All that differ"], ["open", "Not settled yet"], ["marked", "Settled"], ["later", "To come back to"]]
    : [["all", "All"], ["open", "Not marked yet"], ["marked", "Marked"], ["later", "To come back to"]];

  function draw() {
    const { question: one, now } = store;
    const all = one.answers.length;
    const done = store.count("marked");
    const flagged = store.count("later");
    question.value = String(store.at);
    refill(filter, FILTERS.map(([value, name]) => h("option", { value, selected: value === store.filter }, `${name} (${store.count(value)})`)));
    bar.max = all;
    bar.value = done;
    count.textContent = `${done} of ${all} ${settling ? "settled" : "marked"}${flagged ? `, ${flagged} to come back to` : ""}`;
    if (drawnQuestion !== store.at) {
      drawnQuestion = store.at;
      refill(asked, drawAsked(one));
    }
    const flags = [store.done(store.answer) ? (settling ? "✓ settled" : "✓ marked") : "", unread(now, one).length > 0 && "↻ mark again", now.later && "⚑ come back"].filter(Boolean);
    refill(head, `Answer ${store.place + 1} of ${all}`, flags.length > 0 && h("span", { class: "bd-flags" }, ` ${flags.join(" · ")}`));
    const read = drawn === store.row ? (long()?.scrollTop ?? 0) : 0;
    refill(words, ...drawAnswer(store).map((part) => part || null));
    const box = long();
    if (box) box.scrollTop = read;
    const focused = document.activeElement;
    const buttons = [...criteria.querySelectorAll("button")];
    const held = buttons.indexOf(/** @type {HTMLButtonElement} */ (focused));
    refill(
      criteria,
      ...drawCriteria(
        store,
        (at, level, event) => {
          const now = store.level(at, level);
          shell.say(`${at + 1}: ${now || "open"}. ${levels()}`);
          back(event);
        },
        (points, event) => {
          give(points);
          back(event);
        },
      ).map((part) => part || null),
    );
    if (held >= 0) criteria.querySelectorAll("button")[held]?.focus({ preventScroll: true });
    reply.hidden = true;
    hint.textContent = one.criteria.some((criterion) => levelsOf(criterion).length > 2)
      ? "Press the criterion’s number: yes. Once more: fewer points, at last no."
      : "Press the criterion’s number: yes. Once more: no.";
    hint.hidden = !one.criteria.length;
    sum.textContent = levels();
    sum.dataset.done = String(!store.answer.problem && isMarked(now, one));
    const many = store.followers.length;
    alike.hidden = !many;
    refill(alike, h("kbd", {}, "a"), ` Give the same marks to ${many === 1 ? "the other answer that is" : `the ${many} others that are`} word for word the same and still open`);
    later.textContent = now.later ? "⚑ Come back later" : "⚐ Come back later";
    later.setAttribute("aria-pressed", String(now.later));
    note.show(now.note);
    if (drawn !== store.row) {
      drawn = store.row;
      card.scrollTop = 0;
    }
  }

  question.addEventListener("change", () => {
    note.flush();
    store.choose(Number(question.value));
    shell.say(`${store.question.title}. ${place()}`);
  });
  filter.addEventListener("change", () => {
    note.flush();
    const name = filter.value;
    const left = store.sift(/** @type {import("./deskstore.js").Filter} */ (name));
    if (left) shell.say(`${place()} ${levels()}`);
    else answer(`There is none: “${filterName()}”. Here is still the one from before.`);
  });

  shell.bar.append(
    ...(store.questions.length > 1 ? [question] : []),
    filter,
    bar,
    count,
    h("span", { class: "bw-gap" }),
    button({ text: "?", label: "Help", press: () => help.open() }),
  );
  shell.main.append(
    h(
      "div",
      { class: "bq-body bd-body" },
      config.made_up && h("p", { class: "bd-remark" }, "This class does not exist: it was made up so that you can try the desk."),
      asked,
      card,
    ),
    help.node,
  );
  const unwatch = store.watch(draw);
  draw();
  return () => {
    note.destroy();
    unwatch();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  /** @type {DeskStore} */
  let store;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new DeskSaver(model);
      store = new DeskStore(model.get("config"), saver);
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver, store);
    },
  };
};
