"""How good answers are (`kildesvar evaluate`): question sets, what is right in them, figures and tables."""
