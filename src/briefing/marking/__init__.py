"""A folder of answers files → gradebook and feedback pages; reads data, executes nothing."""
