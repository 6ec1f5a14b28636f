"""What storage keeps of changes to many tickets."""
