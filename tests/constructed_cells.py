"""A constructed exercise with a table, cards and a choice of several, for tests alone: all invented."""

ASKED = """
exercise = "ex97"
title = "A constructed table and constructed cards"
graded = true

[[question]]
id = "q1"
kind = "labels"
points = 2
title = "Credited or not"
article = "p01"
field = "voice"
sentences = "counted"
labels = [{ id = "attributed", name = "credited" }, { id = "outlet", name = "not credited" }]

[[question]]
id = "q2"
kind = "table"
points = 4
title = "A ledger"
prompt = "Fill in the constructed ledger."
article = "p01"
columns = [
  { id = "counted", name = "What is counted", type = "choice", options = [{ id = "a", text = "ships" }, { id = "b", text = "sailors" }, { id = "c", text = "the text does not say" }] },
  { id = "value", name = "Figure", type = "number", unit = "%" },
  { id = "word", name = "One word", type = "text", most = 40 },
  { id = "why", name = "Why", type = "text", most = 200, hint = "In your own words." },
]
rows = [
  { id = "p01.n1", name = "First", span = [0, 20], given = { word = "harbour" } },
  { id = "p01.n2", sentence = "p01.s07" },
  { id = "p01.n3", name = "Third" },
]

[[question]]
id = "q3"
kind = "table"
points = 2
title = "Your own labels"
columns = [{ id = "share", name = "Share of the words", type = "number", unit = "%" }]
rows = [{ id = "credited", name = "credited" }, { id = "not", name = "not credited" }]

[[question]]
id = "q4"
kind = "cards"
points = 4
title = "Cards"
prompt = "Decide on each constructed card."
decisions = [{ id = "accept", name = "Accept" }, { id = "reject", name = "Reject" }]
gates = [{ id = "date", name = "known before", hint = "The row is earlier." }, { id = "said", name = "the text says it" }, { id = "genre", name = "not expected" }]

[[question.cards]]
id = "p01.c1"
title = "Who counted"
article = "p01"
span = [0, 20]
boxes = [{ name = "What is missing", text = "The number of barrels." }]

[[question.cards]]
id = "p01.c2"
title = "The weather"
sentence = "p01.s07"

[[question.cards]]
id = "p01.c3"
title = "The crew"

[[question.cards]]
id = "p01.c4"
title = "The harbour"

[[question]]
id = "q5"
kind = "table"
widget = "provenance"
marked = "teacher"
points = 3
title = "A card of your own"
columns = [
  { id = "missing", name = "What is missing", type = "text", most = 200 },
  { id = "verdict", name = "Verdict", type = "choice", options = [{ id = "e", text = "established" }, { id = "p", text = "plausible" }] },
]
rows = [{ id = "card", name = "Your card" }]

[[question]]
id = "q6"
kind = "choice"
points = 1
title = "Several"
prompt = "Which of these are named?"
several = true
options = [{ id = "a", text = "A ship." }, { id = "b", text = "A sailor." }, { id = "c", text = "A harbour." }]
"""

KEY = """
exercise = "ex97"

[q1]
note = "Constructed."

[q2.cells."p01.n1"]
counted = { right = "a", near = ["b"], why = "It names ships." }
value = { right = [12.5], why = "It says so." }

[q2.cells."p01.n2"]
counted = { right = ["b", "c"], why = "Sailors." }
value = { right = [2084, 2085], why = "Two readings." }
word = { right = ["ferry", "the ferry"], why = "The word stands there." }

[q2.cells."p01.n3"]
counted = { right = ["c"], why = "Nobody says." }
value = { right = [-3], within = 0.5, why = "Colder." }
word = { teacher = true, model = "Any word will do." }

[q3.cells.credited]
share = { own = "q1", share = ["attributed"], within = 1, why = "Count your own labels." }
[q3.cells.not]
share = { own = "q1", share = ["outlet"], within = 1 }

[q4.cards."p01.c1"]
decision = "accept"
gates = ["date"]
why = "Nobody is named."
gate_why = "The row is earlier."
[q4.cards."p01.c2"]
decision = "reject"
gates = ["said", "genre"]
why = "The text says it."
[q4.cards."p01.c3"]
decision = "accept"
also = ["reject"]
gates = ["genre"]
[q4.cards."p01.c4"]
decision = "reject"
gates = ["said"]

[q5]
model = "A constructed good answer."
rubric = [{ text = "Something is missing.", points = 2 }, { text = "The verdict fits.", points = 1 }]
[q5.cells.card]
missing = { model = "Who counted, and how." }
verdict = { right = "p" }

[q6]
right = ["a", "c"]
[q6.why]
a = "It is the first word."
b = "Nobody is named."
c = "It stands in the title."
"""


def write_exercise(folder, asked=ASKED, key=KEY):
    """Put the exercise into a copy of the course at `folder`."""
    (folder / "data" / "exercises" / "ex97.toml").write_text(asked, "utf-8")
    (folder / "solutions" / "keys" / "ex97.toml").write_text(key, "utf-8")
