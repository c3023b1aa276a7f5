// Makes elements. Words become text nodes, never markup: there is no innerHTML anywhere here.

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 */

/**
 * Make an element. `class`, `dataset`, `style` (custom properties too) and `on` are special; a
 * boolean attribute is set by true and left out by false; everything else is an attribute.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "style") {
      for (const [key, item] of Object.entries(value)) node.style.setProperty(key, String(item));
    } else if (name === "on") {
      for (const [type, listener] of Object.entries(value)) {
        node.addEventListener(type, /** @type {EventListener} */ (listener));
      }
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
  fill(node, ...children);
  return node;
}

/**
 * Add children; strings and numbers become text nodes, null and false nothing.
 * @param {Node} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Replace what is inside a node.
 * @param {Node} node
 * @param {...(Child | Child[])} children
 */
export function refill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  fill(node, ...children);
}

/**
 * A button with a name that is read out, and words or a sign on it.
 * @param {{label?: string, text?: Child | Child[], title?: string, class?: string, press: (event: Event) => void,
 *          attrs?: Record<string, any>}} what
 * @returns {HTMLButtonElement}
 */
export function button({ label, text, title, class: name = "", press, attrs = {} }) {
  const made = h(
    "button",
    {
      type: "button",
      class: `bw-button ${name}`.trim(),
      "aria-label": label,
      title: title ?? label,
      on: { click: press },
      ...attrs,
    },
    text ?? label,
  );
  return /** @type {HTMLButtonElement} */ (made);
}

/**
 * A press that a double click makes once: people double-click out of habit and mean one thing.
 * @param {() => void} press
 * @returns {(event: Event) => void}
 */
export function once(press) {
  return (event) => {
    if (/** @type {MouseEvent} */ (event).detail < 2) press();
  };
}

let made = 0;

/**
 * An id that no other element of this page has.
 * @param {string} stem
 */
export function unique(stem) {
  made += 1;
  return `bw-${stem}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}

/**
 * Shorten words for a list, by code points.
 * @param {string} words
 * @param {number} most
 */
export function short(words, most) {
  const plain = words.replace(/\s+/gu, " ").trim();
  const points = [...plain.slice(0, most * 2 + 2)];
  if (points.length <= most) return plain;
  const cut = points.slice(0, most - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${space > most / 2 ? cut.slice(0, space) : cut}…`;
}
