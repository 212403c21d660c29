export function Faq() {
  return (
    <Accordion type="single">
      <AccordionItem value="a">
        <AccordionTrigger className="x">How hot does the kiln get?</AccordionTrigger>
        <AccordionContent>It reaches <strong>cone six</strong>, see <a href="https://kiln.example">this</a>.{/* no */}</AccordionContent>
      </AccordionItem>
      <AccordionItem value="b">
        <AccordionTrigger>How long does it take?</AccordionTrigger>
        <AccordionContent>
          A day.
          <ul><li>or two</li><li>or &quot;three&quot;</li></ul>
        </AccordionContent>
      </AccordionItem>
      <FaqItem question="What does it cost?" answer={`Five`} />
      <FaqItem question={"Who may use it?"}>Everybody &amp; all.</FaqItem>
    </Accordion>
  );
}
