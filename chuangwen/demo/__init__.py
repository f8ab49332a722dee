"""demo: two invented installations, made by the same imports and actions a user would do.

The Excel files it imports lie in chuangwen/demo_files and can be imported by hand; `files` writes them anew.
"""
