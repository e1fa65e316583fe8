"""What everything costs on this machine (`kildesvar benchmark`): encoding, questions, searching, starting."""
