"""Answers to the questions that people come with, each as one table: agreements, waits, returns, shares, ranks."""
