// A moment as people read it. Pure.

/**
 * A moment in the reader's own time zone, such as "22 Nov 2026, 19:40".
 * @param {string} iso
 */
export function moment(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
