"""What is made as a file for whoever asked: transcripts, reports, time lines."""
