"""The default embedding model on the CPU: tokens to embeddings in few, fused operations."""
