// Joins recogito's text-annotator with anywidget, for the comparison only: text in, marks out.
// Offsets go out as they are; the code point conversion that Python needs is not counted here.

import { createTextAnnotator } from "@recogito/text-annotator";

/** A range over [start, end) of the element's only text node. */
function rangeOf(element, start, end) {
  const range = document.createRange();
  range.setStart(element.firstChild, start);
  range.setEnd(element.firstChild, end);
  return range;
}

function render({ model, el }) {
  const text = document.createElement("div");
  text.className = "compared-text";
  text.style.whiteSpace = "pre-wrap";
  text.textContent = model.get("text");
  el.append(text);
  const annotator = createTextAnnotator(text, { renderer: model.get("renderer") });
  let marks = model.get("marks");
  annotator.setAnnotations(
    marks.map(({ id, start, end }) => {
      const range = rangeOf(text, start, end);
      const selector = [{ start, end, quote: range.toString(), range }];
      return { id, bodies: [], target: { annotation: id, selector } };
    }),
  );
  annotator.on("createAnnotation", (annotation) => {
    const [{ start, end }] = annotation.target.selector;
    marks = [...marks, { id: annotation.id, start, end, label: "source" }];
    el.dataset.made = String(marks.length);
    model.set("marks", marks);
    model.save_changes();
  });
  return () => annotator.destroy();
}

export default { render };
