// Files and times for the student: one answer as a file that the hand-in loads back, downloads, and
// moments in the reader's own time zone. Nothing is sent anywhere.

/**
 * One answer as a file: its name and its words.
 * @param {string} question
 * @param {string} student
 * @param {Record<string, any>} answer
 */
export function unsavedFile(question, student, answer) {
  const file = {
    format: "reading-the-briefing/unsaved-answer",
    version: 1,
    question,
    student,
    when: new Date().toISOString(),
    answer,
  };
  const name = `${question || "answer"}.${student || "me"}.unsaved.json`;
  return { name: name.replace(/[^\p{L}\p{N}._-]+/gu, "-"), words: JSON.stringify(file, null, 1) };
}

/**
 * Offer something as a download.
 * @param {string} name
 * @param {DataView | ArrayBuffer | Uint8Array | string} data
 */
export function saveAs(name, data) {
  const part = /** @type {BlobPart} */ (data);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([part], { type: "application/json" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

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
 */
export function moment(iso) {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return iso;
  return when.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}
