"""Every Danish text that a user can meet outside an error's own sentence, by where it is met."""
