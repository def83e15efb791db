#!/usr/bin/env python3
"""A program in a seat: it plans the cheapest thing it can pay for, accepts what it is offered, and says why. See scenarios/BOTS.md.

    demarche play first-steps --bots 'us=exec:python3 scenarios/bots/example.py' --seed 1 </dev/null
"""
import json
import sys


def answer(question):
    if question["ask"] == "plan":
        moves = [m for m in question["moves"] if m["cost"] <= question.get("budget", m["cost"])]
        if not moves:
            return {"plan": [], "why": "There is nothing that I can pay for."}
        best = min(moves, key=lambda m: m["cost"])
        return {"plan": [best["row"]], "why": "It is the cheapest thing there is."}
    if question["ask"] == "propose":
        return {"propose": []}
    if question["ask"] == "reply":
        return {"accept": True}
    return {"answer": True}


for line in sys.stdin:
    print(json.dumps({"demarche": 1, **answer(json.loads(line))}), flush=True)
