"""Rotas and absences."""
