// Mends a widget that would never hear Python. anywidget (seen in 0.11) gives a module two seconds to
// load; on a slow computer with many widgets that is not enough, and then every message to the widget
// is dropped although it stands on the page. It asks whether that has happened, and if so listens for
// itself. Where the host is built otherwise nothing is touched.

/** What a page sets by itself; Python's word on it may be older. */
const OURS = ["answer", "edit", "by", "based", "check", "ping", "wish", "layout"];

/** A name that no widget has in Python, so that what is set under it goes nowhere. */
const NOBODY = "_briefing";

/** @type {WeakSet<object>} models that were looked at */
const seen = new WeakSet();

/** A message that says nothing: every method that a widget does not know is passed over. */
const nothing = () => ({ content: { data: { method: "nothing" } }, metadata: {}, buffers: [] });

/**
 * Whatever happens, this model hears Python.
 * @param {import("./saving.js").Model} model as anywidget hands it over
 */
export function keepHearing(model) {
  const real = /** @type {any} */ (modelBehind(model));
  if (!real || seen.has(real)) return;
  seen.add(real);
  // It waits until the module counts as loaded, and fails where that was too late.
  Promise.resolve(real._handle_comm_msg(nothing())).catch(() => listen(real));
}

/**
 * The model itself, which anywidget keeps behind a few of its functions: an event brings it along.
 * @param {import("./saving.js").Model} model
 * @returns {any} null where there is none of that kind
 */
function modelBehind(model) {
  /** @type {any} */
  let found = null;
  const take = (/** @type {any} */ one) => {
    found = one;
  };
  model.on(`change:${NOBODY}`, take);
  model.set(NOBODY, {});
  model.off(`change:${NOBODY}`, take);
  if (typeof found?._handle_comm_msg !== "function" || typeof found.comm?.on_msg !== "function") return null;
  found.unset?.(NOBODY, { silent: true });
  if (found._buffered_state_diff) delete found._buffered_state_diff[NOBODY];
  return found;
}

/** @param {any} real */
function listen(real) {
  let kind = Object.getPrototypeOf(real);
  while (kind && !Object.hasOwn(kind, "_handle_comm_msg")) kind = Object.getPrototypeOf(kind);
  // What anywidget's own waits for in vain, and calls then.
  const hear = kind && Object.getPrototypeOf(kind)?._handle_comm_msg;
  if (typeof hear !== "function") return;
  real.comm.on_msg((/** @type {any} */ message) => hear.call(real, withoutOurs(message)));
  // What was said meanwhile is lost; Python says it all again.
  real.comm.send?.({ method: "request_state" }, {});
}

/**
 * Python's whole state, which it was asked for, without what this page may have set since.
 * @param {any} message
 */
function withoutOurs(message) {
  const { data } = message.content;
  if (data.method !== "update" || !("_esm" in (data.state ?? {}))) return message;
  const state = Object.fromEntries(
    Object.entries(data.state).filter(([name]) => !name.startsWith("_") && !OURS.includes(name)),
  );
  return { ...message, content: { ...message.content, data: { ...data, state, buffer_paths: [] } }, buffers: [] };
}
