// What labels and sentences are called on the page, and how a label looks. Pure: no page, no model.

const LINES = ["solid", "dashed", "dotted", "double"];

/**
 * What a sentence is called on the page: the last part of its id, as the course's own texts call
 * it; a sentence whose id has no such part (`named` is false) is called by its number.
 * @param {string} id
 * @param {number} number
 */
export function callName(id, number) {
  const name = /\.(\w{1,6})$/.exec(id)?.[1];
  return { number, name: name ?? String(number), named: name !== undefined };
}

/**
 * @param {any} raw
 * @param {number} index
 * @returns {import("./state.js").Label}
 */
export function labelOf(raw, index) {
  return {
    id: raw.id,
    name: raw.name || raw.id,
    short: raw.short || raw.name || raw.id,
    key: raw.key || (index < 9 ? String(index + 1) : ""),
    colour: raw.colour || `var(--bw-${(index % 8) + 1})`,
    line: LINES[index % LINES.length],
    index,
    look: index,
  };
}
