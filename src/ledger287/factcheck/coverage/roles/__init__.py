"""What each kind of word was read as, by the claims of its sentence."""
