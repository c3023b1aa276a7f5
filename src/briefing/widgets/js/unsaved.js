// Files for the student: one answer as a file that the hand-in loads back, and downloads. Nothing is
// sent anywhere.

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
