<?php
# Questions
$faqs = array(
    array('question' => 'How hot does the kiln get?', 'answer' => "Cone {$n}.\t" . 'It\'s hot.'),
    ['question' => __('How long does it take?', 'kiln'), 'answer' => <<<HTML
<p>A <b>day</b>.</p>
HTML
    ],
    ['question' => "What does it cost?", 'answer' => sprintf('Five %s', 'euros')], // no
);
