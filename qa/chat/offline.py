"""The one place that imports Gradio: before that, what would use the network or keep data is switched off.

Gradio reads these variables while it is imported, so they come first, and the process's own wall with them.
"""

import os

from index.network import shut_network

os.environ.update(
    GRADIO_ANALYTICS_ENABLED="False",
    GRADIO_MCP_SERVER="False",
    GRADIO_RUN_HISTORY="False",
    GRADIO_SSR_MODE="False",
    HF_HUB_DISABLE_TELEMETRY="1",
    HF_HUB_OFFLINE="1",
)
shut_network()

import gradio as gr  # noqa: E402 - after the settings that it reads

__all__ = ["gr"]
