"""documents: official papers 公文 as Word files in the layout of GB/T 9704-2012. Prints only registered figures.

Reads every app below; decides nothing about their data. The Word layer itself (`word/`) is plain Python.
"""
