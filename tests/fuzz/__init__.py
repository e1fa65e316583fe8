"""What must hold of any text and any bytes: tried by Hypothesis in the tests, by Atheris for hours.

`python -m tests.fuzz TARGET -max_total_time=300` needs `pip install atheris`, no part of the project.
"""
