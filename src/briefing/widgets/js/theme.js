// Finds out whether the page around a widget is dark, in every host, and follows its changes. It
// only sets `data-theme` on the widget's own frame; colours are the style sheet's.

/**
 * JupyterLab and Notebook say it on the body, VS Code by the body's class, Colab and others by an
 * attribute of the page; where nobody says it the page's own background does, and after that the
 * reader's system.
 * @param {Document} page
 * @param {boolean} system whether the reader's system asks for dark pages
 * @returns {"light" | "dark"}
 */
export function themeOf(page, system) {
  const { body, documentElement: root } = page;
  const lab = body.dataset.jpThemeLight;
  if (lab) return lab === "false" ? "dark" : "light";
  const has = (/** @type {string} */ name) => body.classList.contains(`vscode-${name}`);
  if (has("light") || has("high-contrast-light")) return "light";
  if (has("dark") || has("high-contrast")) return "dark";
  const said = root.getAttribute("theme") ?? root.dataset.theme ?? root.dataset.bsTheme;
  if (said === "dark" || said === "light") return said;
  for (const node of [body, root]) {
    const light = lightness(getComputedStyle(node).backgroundColor);
    if (light !== null) return light < 0.4 ? "dark" : "light";
  }
  return system ? "dark" : "light";
}

/**
 * @param {string} colour as the browser computes it
 * @returns {number | null} from 0 (black) to 1 (white); null when one sees through it
 */
function lightness(colour) {
  const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/u.exec(colour);
  if (!found || Number(found[4] ?? 1) < 0.5) return null;
  const [, red, green, blue] = found.map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/**
 * Keep `data-theme` of a widget in step with its page.
 * @param {HTMLElement} root
 * @returns {() => void} stop
 */
export function followTheme(root) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const look = () => {
    root.dataset.theme = themeOf(document, system.matches);
  };
  look();
  const watch = new MutationObserver(look);
  const attributes = { attributes: true, attributeFilter: ["class", "style", "theme", "data-theme", "data-bs-theme", "data-jp-theme-light"] };
  watch.observe(document.body, attributes);
  watch.observe(document.documentElement, attributes);
  system.addEventListener("change", look);
  return () => {
    watch.disconnect();
    system.removeEventListener("change", look);
  };
}
