"""Train the embedded model: parallel text in, `consistency/model/` out."""
