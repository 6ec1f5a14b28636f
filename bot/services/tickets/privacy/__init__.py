"""An open request is taken out of the sight of others."""
