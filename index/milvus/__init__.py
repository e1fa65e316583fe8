"""The search engine that can be shared and spread over machines: Milvus, or milvus-lite in a file."""
