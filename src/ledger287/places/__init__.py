"""States, counties, places and the FBI's roster; the jurisdiction of each agency; coverage in people."""
