"""Pictures of the course, drawn with matplotlib: one function a figure, returning its Axes."""
