// The one place where UTF-16 units (JavaScript) and Unicode code points (Python, files) meet.
// Pure: no page, no model.

/** A table for one text: both ways between UTF-16 units and code points. */
export class OffsetTable {
  /** @param {string} text */
  constructor(text) {
    /** @type {number[]} unit offsets of the first halves of surrogate pairs, ascending */
    this.pairs = [];
    for (let i = 0; i + 1 < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      if (unit < 0xd800 || unit > 0xdbff) continue;
      const next = text.charCodeAt(i + 1);
      if (next >= 0xdc00 && next <= 0xdfff) {
        this.pairs.push(i);
        i += 1;
      }
    }
    this.units = text.length;
    this.points = text.length - this.pairs.length;
  }

  /**
   * The code point offset of a unit offset. Between the halves of a pair it is that pair's own.
   * @param {number} unit
   * @returns {number}
   */
  toPoint(unit) {
    const at = clamp(unit, this.units);
    return at - lowerBound(this.pairs, at);
  }

  /**
   * The unit offset of a code point offset.
   * @param {number} point
   * @returns {number}
   */
  toUnit(point) {
    const at = clamp(point, this.points);
    // pairs[k] - k is the code point offset of the k-th pair, which ascends too.
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle] - middle < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  }
}

/**
 * @param {number} value
 * @param {number} most
 */
function clamp(value, most) {
  return Math.min(Math.max(0, Math.trunc(value) || 0), most);
}

/**
 * How many of the ascending numbers are below `value`.
 * @param {number[]} sorted
 * @param {number} value
 * @returns {number}
 */
export function lowerBound(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
