"""Papers of the procedure (文书) and the files that show them: recorded, revised, withdrawn, listed, handed out."""
