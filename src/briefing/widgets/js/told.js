// Feedback as it came from Python (code points), turned into what the views show (UTF-16).

/**
 * @typedef {object} Said
 * @property {any} target
 * @property {string} verdict
 * @property {string} label
 * @property {string} text
 * @property {import("./words.js").Stretch | null} span
 * @property {string} fresh what the target looked like when this was said
 */

/**
 * @param {any} raw the `feedback` trait
 * @param {import("./offsets.js").OffsetTable} table
 * @param {(id: string) => string} stamp what a mark or sentence looks like now
 */
export function readFeedback(raw, table, stamp) {
  if (!raw || !raw.summary) return null;
  /** @type {Said[]} */
  const items = (raw.items ?? []).map((/** @type {any} */ item) => {
    const span = typeof item.target === "object" && item.target !== null ? item.target : null;
    return {
      ...item,
      span: span && { start: table.toUnit(span.start), end: table.toUnit(span.end) },
      fresh: typeof item.target === "string" ? stamp(item.target) : "",
    };
  });
  const key = (raw.key ?? []).map((/** @type {any} */ mark, /** @type {number} */ i) => ({
    ...mark,
    id: `key${i}`,
    start: table.toUnit(mark.start),
    end: table.toUnit(mark.end),
  }));
  return {
    summary: String(raw.summary),
    items,
    by: new Map(items.map((item) => [item.target, item])),
    key,
    attempts: Number(raw.attempts ?? 0),
    final: Boolean(raw.final),
  };
}
