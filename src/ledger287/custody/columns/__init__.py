"""The parts of the audit's expression that no one duty owns: words, times of the jail's clocks, clocks of a hold."""
