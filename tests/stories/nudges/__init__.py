"""Nothing rests forgotten: requesters are asked once more, claims without a sign lapse."""
