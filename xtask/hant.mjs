// Traditional Chinese of sentences: a JSON list on standard input, their
// translations in the same order on standard output. Characters by the
// standard of Taiwan; words stay those of the mainland's law.
import { Converter } from 'opencc-js/cn2t';
import { text } from 'node:stream/consumers';

const convert = Converter({ from: 'cn', to: 'tw' });
const quotes = { '\u201c': '「', '\u201d': '」', '\u2018': '『', '\u2019': '』' };
const sentences = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(
  sentences.map((sentence) => convert(sentence).replace(/[\u201c\u201d\u2018\u2019]/g, (quote) => quotes[quote])),
));
