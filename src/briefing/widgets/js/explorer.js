// entry
// Records with their other side, filtered by what they are compared with, lane, kind and words. For
// reading only; nothing is saved, and no record is ever shown without who says otherwise.

import { button, h, refill, unique } from "./dom.js";
import { Saver } from "./saving.js";
import { createShell } from "./shell.js";

/**
 * @typedef {{lane: string, away: string, days: number}} Place
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} topic
 * @property {string} finding
 * @property {string} counter
 * @property {string} kind
 * @property {string} side
 * @property {string} date
 * @property {string} where
 * @property {string} address
 * @property {string} filed
 * @property {string} doubt
 * @property {Record<string, Place>} places
 * @typedef {{id: string, name: string, note?: string, day?: string}} Named
 * @typedef {{reference: string, lane: string, kind: string, filed: string, words: string}} Filter
 */

/** @param {string} words */
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Which records a filter leaves: every word must stand somewhere in a record. Pure.
 * @param {Entry[]} records
 * @param {Filter} filter
 */
export function sifted(records, filter) {
  const words = folded(filter.words).split(/\s+/u).filter(Boolean);
  return records.filter((one) => {
    if (filter.kind && one.kind !== filter.kind) return false;
    if (filter.filed && one.filed !== filter.filed) return false;
    if (filter.reference && filter.lane && one.places[filter.reference]?.lane !== filter.lane) return false;
    const all = folded([one.id, one.topic, one.finding, one.counter, one.kind, one.side, one.date, one.where].join("\n"));
    return words.every((word) => all.includes(word));
  });
}

/**
 * A field with its name.
 * @param {string} name
 * @param {HTMLElement} field
 */
function named(name, field) {
  field.id = unique("filter");
  return h("div", { class: "be-field" }, h("label", { for: field.id }, name), field);
}

/**
 * @param {Named[]} options
 * @param {string} none what no choice is called
 */
function select(options, none) {
  const make = (/** @type {string} */ value, /** @type {string} */ words) => h("option", { value }, words);
  return /** @type {HTMLSelectElement} */ (
    h("select", { class: "be-select" }, make("", none), options.map((one) => make(one.id, one.name)))
  );
}

/**
 * One record, whole.
 * @param {Entry} one
 * @param {Place | undefined} place
 * @param {Named | undefined} lane
 */
function drawRecord(one, place, lane) {
  const part = (/** @type {string} */ name, /** @type {(import("./dom.js").Child | import("./dom.js").Child[])[]} */ ...inside) =>
    h("p", { class: "be-part" }, h("span", { class: "be-name" }, `${name} `), ...inside.flat());
  const bdi = (/** @type {string} */ words) => h("bdi", {}, words);
  return h(
    "li",
    { class: `be-record${lane ? ` be-lane-${lane.id}` : ""}` },
    h("h5", { class: "be-topic" }, h("span", { class: "be-id" }, one.id), " ", bdi(one.topic)),
    h("p", { class: "be-finding", dir: "auto" }, one.finding),
    part("The other side, and limits:", bdi(one.counter), one.doubt && ` ${one.doubt}`),
    part("Kind:", bdi(one.kind), one.side && [" · ", h("span", { class: "be-name" }, "whose side: "), bdi(one.side)]),
    part("Date:", one.date, place && lane && [" · ", h("strong", { class: "be-away" }, `${lane.name}: ${place.away}`)]),
    lane?.note && h("p", { class: "be-note" }, lane.note),
    part("Where:", bdi(one.where), one.address && [", ", h("span", { class: "be-address" }, one.address)]),
  );
}

/**
 * @param {import("./saving.js").Model} model
 * @param {HTMLElement} el
 * @param {Saver} saver
 */
function render(model, el, saver) {
  const config = model.get("config");
  /** @type {Entry[]} */
  const records = config.records;
  /** @type {Named[]} */
  const references = config.references;
  /** @type {Named[]} */
  const lanes = config.lanes;
  const shell = createShell({ el, model, saver, name: "explorer" });
  shell.foot.hidden = true;

  const reference = select(references.map((one) => ({ id: one.id, name: `${one.name}, ${one.day}` })), "no article yet");
  const lane = select(lanes, "all");
  const kind = select(config.kinds.map((/** @type {string} */ name) => ({ id: name, name })), "all");
  const filed = select(config.groups, "anywhere");
  const words = /** @type {HTMLInputElement} */ (h("input", { type: "search", class: "be-words", autocomplete: "off", spellcheck: "false" }));
  reference.value = config.reference;

  const count = h("p", { class: "be-count" });
  const list = h("div", { class: "be-list", tabindex: "0", role: "region", "aria-label": "The rows that are left" });

  /** @returns {Filter} */
  const filter = () => ({ reference: reference.value, lane: lane.value, kind: kind.value, filed: filed.value, words: words.value });

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  /** @param {boolean} aloud */
  function draw(aloud) {
    const now = filter();
    lane.disabled = !now.reference;
    if (!now.reference) now.lane = lane.value = "";
    const left = sifted(records, now);
    const far = (/** @type {Entry} */ one) => Math.abs(one.places[now.reference].days);
    const sections = now.reference
      ? lanes.map((one) => ({
          lane: one,
          inside: left.filter((record) => record.places[now.reference]?.lane === one.id).sort((a, b) => far(a) - far(b)),
        }))
      : [{ lane: undefined, inside: left }];
    refill(
      list,
      sections
        .filter(({ inside }) => inside.length)
        .flatMap(({ lane: one, inside }) => [
          one ? h("h4", { class: "be-lane" }, `${one.name} (${inside.length})`) : null,
          h("ol", { class: "be-records" }, inside.map((record) => drawRecord(record, record.places[now.reference], one))),
        ]),
      !left.length && h("p", { class: "be-none" }, "No row fits. That no row is here does not say that nothing was known: it says what this table holds."),
    );
    list.scrollTop = 0;
    const spread = now.reference && !now.lane ? `: ${sections.map(({ lane: one, inside }) => `${inside.length} ${one?.name}`).join(", ")}` : "";
    count.textContent = `${left.length} of ${records.length} rows${spread}.`;
    clearTimeout(later);
    // Said once typing has paused, or every letter would be read out.
    if (aloud) later = setTimeout(() => shell.say(count.textContent ?? ""), 500);
  }
  for (const field of [reference, lane, kind, filed]) field.addEventListener("change", () => draw(true));
  words.addEventListener("input", () => draw(true));
  const clear = button({
    text: "Show all rows",
    press: () => {
      for (const field of [lane, kind, filed, words]) field.value = "";
      draw(true);
    },
  });
  shell.main.append(
    h(
      "div",
      { class: "bq-body" },
      config.about && h("p", { class: "bq-prompt" }, config.about),
      h(
        "div",
        { class: "be-filters", role: "group", "aria-label": "Which rows" },
        references.length > 0 && named("Dates beside", reference),
        references.length > 0 && named("Lane", lane),
        named("Kind of source", kind),
        config.groups.length > 0 && named("Filed under", filed),
        named("Words (a side, a place)", words),
        clear,
      ),
      count,
      list,
    ),
  );
  draw(false);
  return () => {
    clearTimeout(later);
    shell.destroy();
  };
}

export default () => {
  /** @type {Saver} */
  let saver;
  return {
    /** @param {{model: import("./saving.js").Model}} given */
    initialize({ model }) {
      saver = new Saver(model, { storage: null });
      return () => saver.destroy();
    },
    /** @param {{model: import("./saving.js").Model, el: HTMLElement}} given */
    render({ model, el }) {
      return render(model, el, saver);
    },
  };
};
