"""What a file is, where its heading is, and which refusals its first rows meet: ``open_source``."""
