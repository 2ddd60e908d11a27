"""Official papers (公文): one content model, and two writers, of PDF and of DOCX.

Who may read a paper, and what it says, is for the pages to ask; here it is only set in type.
The writers bring their engines in when they are first used: a process that makes no paper is
no larger for them.
"""
