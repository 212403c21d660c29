val faqs = listOf(
    Faq(question = "How hot does the kiln get?", answer = "Cone $n \$5."),
    Faq(question = "How long does it take?", answer = """A "day"."""),
)
