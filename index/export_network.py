"""The network that is exported: BERT, mean over the tokens that are not padding, unit length."""

from typing import Any

import torch


class PooledBert(torch.nn.Module):
    """Token ids and mask, shape (batch, length) → unit vectors, shape (batch, dim).

    The layers are called one by one with an additive mask: the mask that the whole model makes
    for itself becomes a dozen nodes that no optimiser of the graph knows.
    """

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the unit vectors."""
        held = attention_mask.to(torch.float32)
        states = self.bert.embeddings(input_ids=input_ids)
        bias = ((1.0 - held) * -10000.0)[:, None, None, :]
        for layer in self.bert.encoder.layer:
            states = layer(states, bias)
            states = states[0] if isinstance(states, tuple) else states
        weights = held.unsqueeze(-1)
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, p=2.0, dim=1)
