"""The screens. Gradio reads its switch for usage reports on import, so it is set here, before any module of ours."""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
