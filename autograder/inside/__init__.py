"""The part of the grader that lives with the student's code; it holds no answer and no verdict.

In the sandbox this folder is the top-level package `inside`, so modules here name each other
relatively, and import nothing of the grader besides.
"""
