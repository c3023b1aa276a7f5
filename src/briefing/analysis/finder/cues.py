"""The says-words: which words credit somebody, and what may stand beside each; only tables.

A word is here because news prose uses it to credit a statement. What it can take is told by its set:
`SAY` may be followed at once by what is said, `THAT` wants *that*, quotation marks, or a comma
before the source, `TELL` names a listener first, `QUOTED_ONLY` counts beside quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterable


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _forms(*verbs: str) -> frozenset[str]:
    """Return present, past and -ing form of regular verbs, and irregular forms as given."""
    found: set[str] = set()
    for verb in verbs:
        if verb.endswith("ed"):
            found.add(verb)
            continue
        if "," in verb:
            found.update(verb.split(","))
            continue
        stem = verb.removesuffix("e")
        if verb.endswith("y") and verb[-2] not in "aeo":
            found.update((verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"))
        else:
            s = "es" if verb.endswith(("s", "ch", "sh")) else "s"
            found.update((verb, verb + s, stem + "ed", stem + "ing"))
    return frozenset(found)


SAY = _forms("say,says,said,saying")
THAT = _forms(
    "acknowledge", "add", "admit,admits,admitted,admitting", "affirm", "allege", "announce",
    "argue", "assert", "believe", "caution", "claim", "comment", "complain", "conclude", "concede",
    "confirm", "contend", "declare", "deny", "disclose", "emphasize", "emphasise", "estimate",
    "explain", "fear", "hint", "indicate", "insist", "maintain", "mention", "note", "observe",
    "point out,points out,pointed out,pointing out", "predict", "promise", "recall", "remark",
    "repeat", "report", "reveal", "specify", "state", "stress", "suggest", "suspect",
    "think,thinks,thought", "underline", "underscore", "vow", "warn", "write,writes,wrote,writing",
    "reiterate", "testify", "reckon", "boast", "counter", "clarify",
)  # fmt: skip
TELL = _forms("tell,tells,told,telling", "inform", "remind", "assure", "notify")
QUOTED_ONLY = _forms(
    "ask", "answer", "reply", "respond", "read,reads", "elaborate", "continue", "shout", "joke",
    "go on,goes on,went on", "tweet", "posted", "quip,quips,quipped", "agree", "whisper", "recount",
    "put it,puts it", "cry,cries,cried", "call", "describe", "brand", "dub,dubs,dubbed", "exclaim",
    "label,labels,labelled,labeled", "praise", "urge", "demand", "begin,begins,began",
)  # fmt: skip
NAMING = _forms("call", "describe", "brand", "dub,dubs,dubbed", "label,labels,labelled,labeled")
WITH_OBJECT = _forms(
    "announce", "confirm", "deny", "note", "predict", "acknowledge", "admit,admits,admitted"
)
BELIEF = _forms("believe", "fear", "suspect", "think,thinks,thought", "estimate", "reckon")

WITH_PARTICLE = {verb.split()[0]: verb.split()[1] for verb in THAT | QUOTED_ONLY if " " in verb}
"""Verbs of two words: *pointed out*, *went on*, *put it*."""

VERBS = (SAY | THAT | TELL | QUOTED_ONLY) - {v for v in THAT | QUOTED_ONLY if " " in v}
"""All says-words that are one verb, in small letters."""

NOUNS = _words(
    "accusation accusations allegation allegations announcement assertion assertions "
    "assessment claim claims complaint complaints denial finding report reports rumour "
    "rumours rumor rumors statement statements suggestion suggestions testimony warning "
    "warnings"
)
"""Nouns that hold somebody's statement when *that* follows: *reports that the ferry sank*."""

FINDS = _words("found finds show shows showed")
STUDIES = _words(
    "analysis audit data documents figures inquiry investigation poll records report reports "
    "review studies study survey surveys"
)
"""What papers and surveys *find* or *show* that: of people the same words say no more than they saw."""

PAPERS = _words(
    "announcement answer banner caption card communique letter manifesto message note notice "
    "placard poster release reply report sign slogan statement telegram tweet"
)
"""Things that can be read, and so can introduce a quotation after a colon."""

NOT_SAID = _words(
    "not n't never cannot declined declines decline refused refuses refuse failed fails fail "
    "without neither nor"
)
"""Before a says-word these mean that nothing was said."""

NO_STATEMENT = _words("goodbye hello farewell nothing little sorry thanks so as")
"""After *said* these are what was done, not what was stated."""

EVERYBODY = _words("they we you people locals many some children residents everybody everyone")
"""What these *call* a thing is its name, and no one's statement."""

HELPERS = _words(
    "has have had having also later then earlier again further repeatedly previously once "
    "since just only still already recently even now first both all did do does will would "
    "publicly reportedly himself herself itself themselves finally initially immediately "
    "simply"
)
"""Words that may stand between a source and its says-word."""

LEANING = _words("adding citing quoting referring speaking pointing")
"""After a tag these go on with something that the speaker leans on or does."""

BE = _words("is are was were be been being 's 're")
FINITE = BE | _words(
    "has have had will would can could may might must shall should do does did cannot can't "
    "won't isn't aren't wasn't weren't hasn't haven't hadn't didn't doesn't don't wouldn't "
    "couldn't came come comes went go goes gone took take takes made make makes gave give "
    "gives got get gets left leave leaves began begin begins lost lose loses fell fall falls "
    "rose rise rises held hold holds kept keep keeps knew know knows saw see sees sank sink "
    "sinks sunk ran run runs fled broke burnt burned hit struck cut shot met sent spent stood "
    "stand stands brought built bought caught felt found flew fought grew heard led paid put "
    "reach sat set shut sold spoke stole swam taught threw understood won wore remains remain "
    "continues continue needs need wants want hopes hope expects expect plans plan lies lay "
    "stays becomes became seems seemed appears shows show works work means meant cost costs "
    "lack lacks suffer suffers"
)
"""Verbs by which a clause is known as a clause. No list is complete; -ed is looked at as well."""

TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow "
    "tonight january february march april may june july august september october november "
    "december jan feb aug sept oct nov dec late early earlier later morning afternoon evening "
    "night noon midnight again publicly repeatedly recently separately"
)
PREPOSITIONS = _words(
    "on in at to during after before by through via from over outside inside near for with "
    "about following since ahead"
)
LISTENERS = _words(
    "reporters journalists residents parliament lawmakers viewers listeners members investors"
)
PERIODS = _words("day week month year time")
CLAUSE_STARTS = _words(
    "that because while when as if but whereas although though unless until after before "
    "since and or yet so whether which how why what where"
)
"""Before a source, these words are where its clause begins."""

PRONOUNS = _words("he she they it we i you who")
DETERMINERS = _words(
    "the a an this that these those his her its their our my no some many several most all "
    "both one two three four five six seven eight nine ten another other each every any few"
)
CONNECTIVES = _words(
    "moreover also however meanwhile besides furthermore nevertheless nonetheless still later "
    "earlier then instead finally today yesterday but and yet so"
)
"""First words of a sentence that belong to nobody's statement."""

SPEAKERS = _words(
    "agency ambassador analyst analysts army authorities charity chief coalition colonel "
    "commander company council court director doctor doctors expert experts firm general "
    "governor government group harbour king leader leaders lawyer lawyers mayor minister "
    "ministry mod monitor monitors navy office officer officials official operator owner "
    "paper pentagon police premier president report residents scientists secretary source "
    "sources spokesman spokesperson spokeswoman staff state study survey un union watchdog "
    "witness witnesses workers nato"
)
"""In a headline, words that name somebody who can speak."""


def is_one_of(words: Iterable[str], known: frozenset[str]) -> bool:
    """Say whether any of the words is in a set."""
    return not known.isdisjoint(words)
