"""The files of meeting papers (会议材料): checked by their content, kept by their digest."""
