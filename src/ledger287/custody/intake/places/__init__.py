"""Where the files of an audit are: folders and patterns on this machine, and objects in a store."""
