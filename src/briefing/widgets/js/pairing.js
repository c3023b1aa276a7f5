// Pairs two sets of stretches one to one, for the greatest total overlap. Pure: no page, no model.
// `pairing.py` beside the widgets does exactly the same for the static view; a test compares them.

/** @typedef {{start: number, end: number, label: string}} Place */

/** Where more than so many lie over one another, the widest overlap is taken first, and so on. */
export const MANY = 120;

/**
 * @param {readonly Place[]} mine in order of their starts
 * @param {readonly Place[]} theirs in order of their starts
 * @returns {Map<number, number>} place in `mine` → place in `theirs`
 */
export function pairs(mine, theirs) {
  const edges = overlaps(mine, theirs);
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const [left, right] of apart(edges)) {
    const some = left.length > MANY || right.length > MANY ? greedy(left, edges) : best(left, right, edges);
    for (const [i, j] of some) found.set(i, j);
  }
  return found;
}

/**
 * What each pair is worth, as a whole number: the overlap 2·shared / (one + other), which counts
 * from .3, and of equal ones the same label.
 * @param {readonly Place[]} mine
 * @param {readonly Place[]} theirs
 * @returns {Map<number, number>[]}
 */
function overlaps(mine, theirs) {
  const longest = theirs.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  return mine.map((one) => {
    /** @type {Map<number, number>} */
    const worth = new Map();
    for (let j = firstFrom(theirs, one.start - longest); j < theirs.length; j += 1) {
      const other = theirs[j];
      if (other.start >= one.end) break;
      const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
      const total = one.end - one.start + other.end - other.start;
      if (shared <= 0 || 20 * shared < 3 * total) continue;
      worth.set(j, Math.floor((2_000_000 * shared) / total) * 1000 + (one.label === other.label ? 1 : 0));
    }
    return worth;
  });
}

/**
 * @param {readonly Place[]} sorted
 * @param {number} start
 */
function firstFrom(sorted, start) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Groups that have nothing to do with one another.
 * @param {Map<number, number>[]} edges
 * @returns {[number[], number[]][]}
 */
function apart(edges) {
  /** @type {Map<number, number[]>} */
  const back = new Map();
  for (const [i, worth] of edges.entries()) {
    for (const j of worth.keys()) back.set(j, [...(back.get(j) ?? []), i]);
  }
  /** @type {Set<number>} */
  const seen = new Set();
  /** @type {[number[], number[]][]} */
  const groups = [];
  for (const first of edges.keys()) {
    if (seen.has(first) || !edges[first].size) continue;
    const left = new Set([first]);
    /** @type {Set<number>} */
    const right = new Set();
    const waiting = [first];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const j of edges[at].keys()) {
        if (right.has(j)) continue;
        right.add(j);
        for (const i of back.get(j) ?? []) {
          if (left.has(i)) continue;
          left.add(i);
          waiting.push(i);
        }
      }
    }
    for (const i of left) seen.add(i);
    groups.push([[...left].sort((a, b) => a - b), [...right].sort((a, b) => a - b)]);
  }
  return groups;
}

/**
 * @param {number[]} left
 * @param {Map<number, number>[]} edges
 * @returns {[number, number][]}
 */
function greedy(left, edges) {
  const all = left.flatMap((i) => [...edges[i]].map(([j, worth]) => ({ i, j, worth })));
  all.sort((a, b) => b.worth - a.worth || a.i - b.i || a.j - b.j);
  const [usedLeft, usedRight] = [new Set(), new Set()];
  /** @type {[number, number][]} */
  const found = [];
  for (const { i, j } of all) {
    if (usedLeft.has(i) || usedRight.has(j)) continue;
    usedLeft.add(i);
    usedRight.add(j);
    found.push([i, j]);
  }
  return found;
}

/**
 * The assignment of the greatest total: the Hungarian method with potentials.
 * @param {number[]} left
 * @param {number[]} right
 * @param {Map<number, number>[]} edges
 * @returns {[number, number][]}
 */
function best(left, right, edges) {
  const flipped = left.length > right.length;
  const [rows, columns] = flipped ? [right, left] : [left, right];
  const worth = (/** @type {number} */ row, /** @type {number} */ column) =>
    (flipped ? edges[columns[column]].get(rows[row]) : edges[rows[row]].get(columns[column])) ?? 0;
  const n = rows.length;
  const m = columns.length;
  const rowPrice = new Array(n + 1).fill(0);
  const columnPrice = new Array(m + 1).fill(0);
  const rowAt = new Array(m + 1).fill(0);
  for (let row = 1; row <= n; row += 1) {
    rowAt[0] = row;
    const least = new Array(m + 1).fill(Infinity);
    const cameFrom = new Array(m + 1).fill(0);
    const done = new Array(m + 1).fill(false);
    let here = 0;
    while (rowAt[here]) {
      done[here] = true;
      let step = Infinity;
      let next = 0;
      for (let column = 1; column <= m; column += 1) {
        if (done[column]) continue;
        const slack = -worth(rowAt[here] - 1, column - 1) - rowPrice[rowAt[here]] - columnPrice[column];
        if (slack < least[column]) {
          least[column] = slack;
          cameFrom[column] = here;
        }
        if (least[column] < step) {
          step = least[column];
          next = column;
        }
      }
      for (let column = 0; column <= m; column += 1) {
        if (done[column]) {
          rowPrice[rowAt[column]] += step;
          columnPrice[column] -= step;
        } else least[column] -= step;
      }
      here = next;
    }
    while (here) {
      rowAt[here] = rowAt[cameFrom[here]];
      here = cameFrom[here];
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  for (let column = 1; column <= m; column += 1) {
    const row = rowAt[column] - 1;
    if (row < 0 || !worth(row, column - 1)) continue;
    found.push(flipped ? [columns[column - 1], rows[row]] : [rows[row], columns[column - 1]]);
  }
  return found.sort((a, b) => a[0] - b[0]);
}
