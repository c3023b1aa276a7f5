// entry
// Choice questions: real radio buttons and check boxes in groups, a verdict and a reason for each
// option after a check. Choosing saves at once.

import { checkRow, quotation, reason } from "./asked.js";
import { button, fill, h, refill, unique } from "./dom.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";

/**
 * @typedef {{id: string, text: string, short: string}} Option `short` is the id without its group
 * @typedef {{id: string, prompt: string, quote: string, several: boolean, options: Option[]}} Group
 */

/** Options up to this many characters stand side by side. */
const SHORT = 24;

/**
 * What is chosen after one input changed; options unknown to the question stay.
 * @param {string[]} chosen
 * @param {Group} group
 * @param {string} id
 * @param {boolean} on
 * @returns {string[]}
 */
export function choose(chosen, group, id, on) {
  const mine = new Set(group.options.map((option) => option.id));
  const rest = chosen.filter((one) => one !== id && (group.several || !mine.has(one)));
  return on ? [...rest, id] : rest;
}

/**
 * @param {Group} group
 * @param {(id: string, on: boolean) => void} changed
 * @param {boolean} readonly
 * @param {string} namedBy the ids of what names a group that has no prompt of its own
 */
function createGroup(group, changed, readonly, namedBy) {
  const own = Boolean(group.prompt || group.quote);
  const name = unique("group");
  const short = group.options.every((option) => option.text.length <= SHORT);
  const said = h("div", { class: "bq-group-said" });
  /** The words of each option, by its id with and without its group. */
  const names = new Map(
    group.options.flatMap((option) => [[option.id, option.text], [option.short, option.text]]),
  );
  const rows = group.options.map((option) => {
    const id = unique("option");
    const input = /** @type {HTMLInputElement} */ (
      h("input", { type: group.several ? "checkbox" : "radio", name, id, "aria-disabled": readonly && "true" })
    );
    input.addEventListener("change", () => changed(option.id, input.checked));
    // A disabled input would be pale and out of reach; this one can be read and stays as it is.
    if (readonly) input.addEventListener("click", (event) => event.preventDefault());
    const told = h("div", { class: "bq-told", id: unique("told") });
    const words = h("span", { dir: "auto" }, option.text);
    const row = h("div", { class: "bq-option" }, h("label", { for: id }, input, words), told);
    return { option, input, told, row };
  });
  const options = h(
    "div",
    { class: `bq-options ${short ? "bq-side-by-side" : ""}`.trim() },
    rows.map((row) => row.row),
  );
  const node = h(
    "fieldset",
    { class: "bq-group", "aria-labelledby": own ? null : namedBy },
    own && h("legend", { class: "bq-legend" }, quotation(group.quote), group.prompt && h("span", { class: "bq-prompt" }, group.prompt)),
    options,
    said,
  );
  return {
    group,
    node,
    /** @param {Set<string>} chosen */
    set(chosen) {
      for (const { option, input, row } of rows) {
        input.checked = chosen.has(option.id);
        row.classList.toggle("bq-chosen", input.checked);
      }
    },
    /** @param {import("./asked.js").Item[]} told */
    tell(told) {
      const items = told.map((item) => ({ ...item, label: names.get(item.label) ?? item.label }));
      refill(said);
      for (const { option, input, told } of rows) {
        const mine = items.filter((item) => item.target === option.id);
        const about = short ? option.text : "";
        refill(told, mine.map((item) => reason(item, about)));
        // Beside each other there is no room for reasons: they stand below, by name.
        if (short) said.append(told);
        if (mine.length) input.setAttribute("aria-describedby", told.id);
        else input.removeAttribute("aria-describedby");
      }
      const whole = group.id ? items.filter((item) => item.target === group.id) : [];
      fill(said, whole.map((item) => reason(item)));
    },
    focus() {
      rows[0].input.focus();
    },
  };
}

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 */
function render(model, el, saver) {
  const config = model.get("config");
  const readonly = Boolean(model.get("readonly"));
  /** @type {Group[]} */
  const groups = config.groups;
  const shell = createShell({ el, model, saver, name: "choice" });
  const chosen = () => /** @type {string[]} */ (saver.answer.chosen ?? []);

  const promptId = unique("prompt");
  const made = groups.map((group) =>
    createGroup(
      group,
      (id, on) => {
        saver.change({ ...saver.answer, chosen: choose(chosen(), group, id, on) });
      },
      readonly,
      `${shell.root.getAttribute("aria-labelledby")} ${promptId}`,
    ),
  );
  const clear = button({
    text: "Clear",
    label: "Clear my choice",
    class: "bw-quiet",
    press: () => {
      saver.change({ ...saver.answer, chosen: [] });
      shell.say("Nothing is chosen now.");
      made[0].focus();
    },
  });
  /** The groups in which nothing is chosen; where several may be, nothing can be an answer. */
  const open = () => {
    const now = new Set(chosen());
    const empty = made.filter(({ group }) => !group.options.some((option) => now.has(option.id)));
    return empty.length === made.length ? empty : empty.filter(({ group }) => !group.several);
  };
  const row = checkRow({
    model,
    saver,
    say: shell.say,
    beside: readonly ? [] : [clear],
    ready() {
      const empty = open();
      if (!empty.length) return "";
      empty[0].focus();
      if (config.ask_first) return config.ask_first;
      if (made.length === 1) return "Choose first, then check.";
      return `Choose in every part first: ${empty.length} of ${made.length} ${empty.length === 1 ? "is" : "are"} still open.`;
    },
    show(feedback) {
      for (const group of made) group.tell(feedback.items);
    },
  });

  function paint() {
    const now = new Set(chosen());
    for (const group of made) group.set(now);
    clear.hidden = readonly || now.size === 0;
  }
  function refresh() {
    paint();
    // Feedback was about the answer before.
    for (const group of made) group.tell([]);
    row.forget();
  }
  paint();
  const unread = saver.read(refresh);
  const unfollow = saver.follow(refresh);
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      quotation(config.quote),
      config.prompt && h("p", { class: "bq-prompt", id: promptId }, config.prompt),
      made.map((group) => group.node),
      row.node,
    ),
  );
  return () => {
    unread();
    unfollow();
    row.destroy();
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { blank: (answer) => !answer.chosen?.length });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    },
  };
};
