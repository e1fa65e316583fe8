"""From a question to a cited answer: retrieve, answer, show."""
