// A moment as people read it, in their own time zone. Pure.

/**
 * The time of day of an ISO 8601 moment, in the reader's own time zone.
 * @param {string} iso
 */
export function clock(iso) {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/**
 * A moment in the reader's own time zone, such as "22 Nov 2026, 19:40".
 * @param {string} iso
 * @param {boolean} [exact] with the seconds
 */
export function moment(iso, exact = false) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: exact ? "medium" : "short" });
}
