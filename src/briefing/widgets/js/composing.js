// Whether a key belongs to an input method (Japanese, Chinese, a dead key): it chooses letters there and
// means nothing else. Safari tells of the last one after the composition has ended, by its old number; what
// a browser fills in by itself comes as a key without a name.

/** @param {KeyboardEvent} event */
export const composing = (event) => event.isComposing || event.keyCode === 229 || !event.key;
