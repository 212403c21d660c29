-- Kiln
CREATE TABLE IF NOT EXISTS `faq` (
  `id` int(11) NOT NULL,
  `question` varchar(255),
  `answer` text,
  PRIMARY KEY (`id`)
);
INSERT INTO `faq` VALUES (1, 'How hot is it?', 'It\'s very hot.\nWait.'), (2, 'How long?', NULL);
