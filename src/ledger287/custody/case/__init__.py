"""The one rule on one case: its facts, holds, clocks and duties -> verdicts."""
