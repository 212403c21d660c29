"""Questions?"""
FAQ = [
    {"question": "How hot does the kiln get?", "answer": """Cone six.
No more."""},
    {'question': 'How long '
                 'does it take?', 'answer': f"A day {x}."},  # comment "x"
    dict(question="What does it cost?", answer="Five."),
    {"question": r"Who\may?", "answer": None},
]
