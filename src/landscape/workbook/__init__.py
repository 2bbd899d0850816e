"""The inventory workbook: sent out with what the registers know, read back with what they do not.

``questionnaire/`` holds the sheets and questions as data, ``write`` makes a
workbook, ``read`` finds the answers in a returned one whatever became of its
layout, ``check`` says in the workbook's language what is to be put right.
"""
