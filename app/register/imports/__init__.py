"""What a file brings in: applying, batches and their versions, files and rows that wait, learned answers, undo."""
