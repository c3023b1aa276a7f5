"""How fast the attribution finder is, and whether its time grows with the text and nothing else.

    python benchmarks/finder.py [WORDS]

The text is the five articles, over and over, up to so many words (a million where left out). Printed are
words a second on one core, the time for twice the text, and how often a plain split into words would go
through in the same time. Then texts made to be slow: the ratio for twice the text is 2 where it is linear.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import cycle, islice
from time import process_time

from briefing.analysis.finder import find_attributions
from briefing.corpus import articles

HOSTILE = {
    "quotation marks": '"',
    "single marks": "' 'a",
    "said said said": "said ",
    "he said, he said": "he said, ",
    "no full stop": "the gate of Pelby was open and ",
    "capitals": "Gate ",
    "commas": "Orlo, a mayor, ",
    "open quotations": "“a\n",
    "reports that": "reports that ",
    "one word": "a",
}


def seconds(task: Callable[[str], object], text: str) -> float:
    """Return the processor time of the better of two runs."""
    times = []
    for _ in range(2):
        started = process_time()
        task(text)
        times.append(process_time() - started)
    return min(times)


def main(words: int) -> None:
    """Print the report."""
    articles_words = [word for article in articles.values() for word in article.text.split(" ")]
    prose = " ".join(islice(cycle(articles_words), words))
    half = prose[: len(prose) // 2]
    whole_time, half_time = seconds(find_attributions, prose), seconds(find_attributions, half)
    split_time = seconds(str.split, prose)
    print(f"prose: {words:,} words in {whole_time:.1f} s: {words / whole_time:,.0f} words a second")
    print(f"twice the text: {whole_time / half_time:.2f} times the time")
    print(f"against a plain split into words: {whole_time / split_time:,.0f} times its time")
    print()
    for name, bit in HOSTILE.items():
        text = bit * (1_000_000 // len(bit))
        whole = seconds(find_attributions, text)
        ratio = whole / seconds(find_attributions, text[: len(text) // 2])
        print(f"1 MB of {name}: {whole:.1f} s; twice the text: {ratio:.2f} times the time")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
