"""How a follow-up takes up what the turns before it left: drugs, a trial, a topic."""
