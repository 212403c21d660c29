-- Questions about the kiln; "quoted" isn't a name
/* more: INSERT INTO x VALUES (1) */
CREATE TABLE faq (
  id INTEGER PRIMARY KEY,
  question TEXT,
  "answer" TEXT CHECK (length(answer) > 0),
  category TEXT,
  FOREIGN KEY (category) REFERENCES categories (id)
);
INSERT INTO faq (id, question, answer, category) VALUES
  (1, 'How hot is it?', 'It''s very hot; wait (a day).', 'Heat'),
  (2, N'How long does it take?', 'A ' || 'day.', 'Time'),
  (3, 'Is it loud?', replace('No.\nNot at all.', '\n', char(10)), NULL);
INSERT INTO categories VALUES (1, 'Heat', now());

COPY public.more (question, answer) FROM stdin;
Is it heavy?	Yes.\nVery.
Who fires it?	\N
\.
