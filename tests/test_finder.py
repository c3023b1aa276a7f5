"""The attribution finder: what each rule finds and leaves, on sentences made up for it."""

import doctest
import itertools
import subprocess
import sys
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.analysis import find_attributions
from briefing.analysis.finder import RULES
from briefing.analysis.finder.quotations import quotations
from briefing.analysis.finder.rules import CUE_RULES
from briefing.analysis.finder.sentences import sentences


def found(text):
    """What the finder finds, as (mode, source, says-word, content)."""
    return [
        (
            one.mode,
            one.source.of(text) if one.source else "",
            one.cue.of(text) if one.cue else "",
            one.content.of(text),
        )
        for one in find_attributions(text)
    ]


OPEN = "The gate was open"
ONE = [
    # after the content
    (f"“{OPEN},” Tamsin Orlo said.", "direct", "Tamsin Orlo", "said", OPEN),
    (f'"{OPEN}", Orlo told reporters in Pelby on Friday.', "direct", "Orlo", "told", OPEN),
    (f"'{OPEN},' Orlo said.", "direct", "Orlo", "said", OPEN),
    (f"{OPEN}, Maj. Gen. A. B. Orlo said Monday.", "indirect", "Maj. Gen. A. B. Orlo", "said", OPEN),
    (f"{OPEN}, the owner, Baltic Lines, said in a note posted on its website.", "indirect",
     "the owner, Baltic Lines", "said", OPEN),
    (f"“{OPEN},” Orlo – the harbour master – said.", "direct", "Orlo – the harbour master", "said",
     OPEN),
    (f"{OPEN}, as Orlo said on Monday, and the rain came in.", "indirect", "Orlo", "said", OPEN),
    (f"Moreover, {OPEN.lower()}, he added.", "indirect", "he", "added", OPEN.lower()),
    ("The repair was “a joke,” she said.", "mixed", "she", "said", "The repair was “a joke"),
    ("“Why was it open?” she asked.", "direct", "she", "asked", "Why was it open?"),
    ("“So we shut it,” he went on to say.", "direct", "he", "went on to say", "So we shut it"),
    # turned round
    (f"“{OPEN},” said Tamsin Orlo, the harbour engineer.", "direct",
     "Tamsin Orlo, the harbour engineer", "said", OPEN),
    (f"{OPEN}, said a police officer who asked not to be named.", "indirect", "a police officer",
     "said", OPEN),
    # before the content
    ("The mayor of Pelby, Ilse Maron, said on Monday that it was open.", "indirect",
     "The mayor of Pelby, Ilse Maron", "said", "it was open"),
    ("Maron, 42, who runs the port, told the Courier: “Nobody closed it.”", "direct",
     "Maron, 42, who runs the port", "told", "Nobody closed it"),
    ("Maron added that it was “too late” to shut it.", "mixed", "Maron", "added",
     "it was “too late” to shut it"),
    ("He stressed that “nobody closed the gate.”", "direct", "He", "stressed",
     "nobody closed the gate"),
    ("In a statement, the coalition said it would look into the report.", "indirect",
     "the coalition", "said", "it would look into the report"),
    ("A statement by the ministry said it was open.", "indirect", "A statement by the ministry",
     "said", "it was open"),
    ("The Courier reports that it was open.", "indirect", "The Courier", "reports", "it was open"),
    ("The report, published on Monday, found that it was open.", "indirect",
     "The report, published on Monday", "found", "it was open"),
    ("Maron denied that it was open.", "indirect", "Maron", "denied", "it was open"),
    ("Maron says gate was open", "indirect", "Maron", "says", "gate was open"),
    # according to
    ("According to Ilse Maron, the mayor of Pelby, it was open.", "indirect",
     "Ilse Maron, the mayor of Pelby", "According to", "it was open"),
    (f"{OPEN}, according to two officials in Pelby.", "indirect", "two officials in Pelby",
     "according to", OPEN),
    ("The marks show that it was open, according to a note by the office.", "indirect",
     "a note by the office", "according to", "The marks show that it was open"),
    ("In Maron's words, the gate was “a hole in the wall”.", "mixed", "Maron's",
     "In Maron's words", "the gate was “a hole in the wall"),
    # quoted by others, passive
    ("Maron was quoted by the Courier as saying that it was open.", "indirect", "Maron",
     "was quoted by the Courier as saying", "it was open"),
    (f"“{OPEN},” the Courier quoted Maron as saying.", "direct", "Maron", "quoted Maron as saying",
     OPEN),
    ("It was reported by the Courier that it was open.", "indirect", "the Courier", "reported",
     "it was open"),
    ("It was reported that it was open.", "indirect", "", "reported", "it was open"),
    # nouns and things
    ("The coalition's claim that it was open could not be checked.", "indirect", "The coalition's",
     "claim", "it was open"),
    ("Reports by the Courier that it was open came on Tuesday.", "indirect", "the Courier",
     "Reports", "it was open came on Tuesday"),
    ("The office denied closing the gate.", "indirect", "The office", "denied", "closing the gate"),
    ("Maron called the repair “a joke at our cost”.", "mixed", "Maron", "called",
     "the repair “a joke at our cost"),
    # headlines and colons
    ("Gate was open all night - MoD", "indirect", "MoD", "", "Gate was open all night"),
    ("Mayor: gate was open all night", "indirect", "Mayor", "", "gate was open all night"),
    ("Gate was open, council says", "indirect", "council", "says", "Gate was open"),
    ("The council’s answer was short: “No money.”", "direct", "The council’s answer", "", "No money"),
    # marks that are missing or inside one another
    (f"“{OPEN}, Maron said on Tuesday. It rained.", "direct", "Maron", "said", OPEN),
    ("“I saw ‘the big one’ myself,” she said.", "direct", "she", "said",
     "I saw ‘the big one’ myself"),
    ("He said the boats' crews were safe.", "indirect", "He", "said", "the boats' crews were safe"),
    # a mark that goes on in the next paragraph
    ("“It was open.\n\n“We shut it,” Orlo said.", "direct", "Orlo", "said",
     "It was open.\n\n“We shut it"),
    ("Orlo told reporters:\n\n“It was open. We shut it.”", "direct", "Orlo", "told",
     "It was open. We shut it"),
    ('"It was a mistake." Maron said.', "direct", "Maron", "said", "It was a mistake"),
    # a source in the middle of a clause: the longer part stands for it
    ("The gate, Maron said, was open all night.", "indirect", "Maron", "said",
     "was open all night"),
    # no-break spaces, and letters outside the first plane of Unicode
    ("🚢 The\u00a0gate was\u00a0open, Orlo\u00a0said.", "indirect", "Orlo", "said",
     "🚢 The\u00a0gate was\u00a0open"),
]  # fmt: skip

TWO = {
    "“It is safe,” Orlo said, adding that it had been checked.": [
        ("direct", "Orlo", "said", "It is safe"),
        ("indirect", "Orlo", "adding", "it had been checked"),
    ],
    "Maron said it was open and added that nobody had seen it.": [
        ("indirect", "Maron", "said", "it was open"),
        ("indirect", "Maron", "added", "nobody had seen it"),
    ],
    "While Maron said it was open, Orlo said it had been shut.": [
        ("indirect", "Maron", "said", "it was open"),
        ("indirect", "Orlo", "said", "it had been shut"),
    ],
    "“We go,” he said, “and we stay.”": [
        ("direct", "he", "said", "We go"),
        ("direct", "he", "said", "and we stay"),
    ],
    "“We go,” said Orlo. “We do not stay.”": [
        ("direct", "Orlo", "said", "We go"),
        ("direct", "Orlo", "", "We do not stay"),
    ],
    "Orlo said it was open.\n\n“Nobody had shut it that night.”": [
        ("indirect", "Orlo", "said", "it was open"),
        ("direct", "Orlo", "", "Nobody had shut it that night"),
    ],
}

NONE = [
    "The “reset” of the gate took an hour.",
    "They call the gate the “mouse hole” in Pelby.",
    "He watched the film “The Long Road to Pelby” at home.",
    "The council did not say whether it was open.",
    "The council has not said when the gate will open.",
    "A spokesman declined to say that it was open.",
    "Neither the mayor nor the council said whether it was open.",
    "If Orlo says the gate is safe, it will open.",
    "Orlo is expected to say on Friday that the gate is safe.",
    "Maron told him to close the gate.",
    "He said goodbye and left the hall.",
    "That said, the gate was open.",
    "They will go on doing so for a year.",
    "It takes every such report seriously and has opened a review.",
    "The jurors, who took notes, sat down.",
    "The office promised to publish the report.",
    "The 'gate was open since the '90s.",
    "",
    "\n\n \u00a0\n",
    '""""',
]


@pytest.mark.parametrize(("text", "mode", "source", "cue", "content"), ONE)
def test_one_statement_is_found(text, mode, source, cue, content):
    assert found(text) == [(mode, source, cue, content)]


@pytest.mark.parametrize("text", TWO)
def test_two_statements_are_found(text):
    assert found(text) == TWO[text]


@pytest.mark.parametrize("text", NONE)
def test_nothing_is_found(text):
    assert found(text) == []


@pytest.mark.parametrize("rule", CUE_RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_own_example_and_has_a_reason(rule):
    rules = {one.rule for one in find_attributions(rule.example)}
    assert rule.name in rules or (rule.name == "nothing said" and not rules)
    assert rule.reason.endswith(".")


@pytest.mark.parametrize("rule", [r.name for r in CUE_RULES if r.name != "nothing said"])
def test_without_the_rule_its_example_is_found_otherwise_or_not(rule):
    example = next(r.example for r in CUE_RULES if r.name == rule)
    without = find_attributions(example, rules=set(RULES) - {rule})
    assert rule not in {one.rule for one in without}


@pytest.mark.parametrize("module", ["quotations", "sentences", "find"])
def test_examples_in_the_docstrings_hold(module):
    tried = doctest.testmod(import_module(f"briefing.analysis.finder.{module}"))
    assert tried.attempted > 0
    assert tried.failed == 0


def test_a_whole_attribution_runs_from_its_first_part_to_its_last():
    text = "It rained. “We go,” said Orlo."
    [one] = find_attributions(text)
    assert text[one.start : one.end] == "We go,” said Orlo"


def test_a_wrapped_line_is_the_same_sentence():
    assert found("The gate was open, the harbour\nmaster said.") == [
        ("indirect", "the harbour\nmaster", "said", "The gate was open")
    ]


def test_a_quotation_far_from_the_last_speaker_is_nobodys():
    text = "Orlo said it was open.\n" + "It rained.\n" * 9 + "“Nobody had shut it that night.”"
    assert found(text)[-1] == ("direct", "", "", "Nobody had shut it that night")


# -- any text at all ------------------------------------------------------------------------------

PIECES = ["“", "”", '"', "'", "‘", "’", ",", ".", "?", ":", ";", " - ", "\n", "\n\n", "\u00a0", "said",
          "says", "that", "told", "according to", "was quoted as saying", "adding", "who", "it was",
          "reports", "Orlo", "the mayor", "on Friday", "not", "and", "🚢", "Гарик", "a" * 50]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_in_order_and_hold_words(text):
    ones = find_attributions(text)
    assert ones == find_attributions(text)
    for one in ones:
        for span in filter(None, (one.source, one.cue, one.content)):
            assert 0 <= span.start < span.end <= len(text)
        assert one.start <= one.content.start < one.content.end <= one.end
        assert one.content.of(text).strip()
    starts = [one.content.start for one in ones]
    assert starts == sorted(starts)


@given(st.text(alphabet="“”\"'‘’ abS.,\n", max_size=80))
@settings(max_examples=300, deadline=None)
def test_quotations_and_sentences_never_overlap(text):
    spans = [(q.start, q.end) for q in quotations(text)]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    tokens = [(t.start, t.end) for s in sentences(text) for t in s.tokens]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(tokens))


HOSTILE = ['"', "'", " 'a", "said ", "he said, ", "said that ", "and he added that ", "commas, ",
           "the gate was open and ", "Gate ", "Orlo, a mayor, ", "“a\n", "“a b c,” he said; ",
           "reports that ", "according to ", "U.S. ", "a.", "— ", "who said "]  # fmt: skip


def calls(text):
    """How many calls of functions it takes to search a text: a clock that no busy machine bends."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        find_attributions(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_the_work_grows_with_the_text_and_no_faster(piece):
    text = piece * 300
    assert calls(text + text) <= 2.1 * calls(text) + 500


def test_importing_the_finder_brings_no_pandas():
    code = (
        "import sys, briefing.analysis; print({'pandas', 'numpy', 'matplotlib'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout == "set()\n"
