"""From a folder of documents to a searchable library: read, split, embed, store."""
