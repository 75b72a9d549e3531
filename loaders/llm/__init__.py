"""A language model as a second reader: what it finds are proposals for review, never facts by themselves.

Any service that speaks the protocol of OpenAI's chat completions will do. Every value needs a verbatim quote of the
account, or it is dropped and counted (`answers`); what an account says to the model is data, so an instruction inside a
document can at most lose that account's proposals.
"""
