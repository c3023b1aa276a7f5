"""Say whose a file is: the roster before the path, the path before the code in the file.

A path's claim is cut (`cuts.py`), what the list says to it is looked up (`facts.py`), most of the download may
have a say (`majority.py`), and the first rule that holds gives the file to somebody (`path_rules.py`). Once the
file is read, the code in it does the same (`code_rules.py`). Sentences are made last, from the rule that held
(`sentences.py`).
"""
