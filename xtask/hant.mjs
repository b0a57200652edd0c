// Traditional Chinese of sentences: a JSON list on standard input, their
// translations in the same order on standard output. Characters by the
// standard of Taiwan; words stay those of the mainland's law.
import { Converter } from 'opencc-js/cn2t';
import { text } from 'node:stream/consumers';

const convert = Converter({ from: 'cn', to: 'tw' });
// What is one word to OpenCC is two in these sentences (清单只给出, 合同里, 证书签发).
const apart = (text) => text.replace(/單隻/g, '單只').replace(/同里/g, '同裡').replace(/(?<!標)籤/g, '簽');
const quotes = { '\u201c': '「', '\u201d': '」', '\u2018': '『', '\u2019': '』' };
const sentences = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(
  sentences.map((sentence) => apart(convert(sentence)).replace(/[\u201c\u201d\u2018\u2019]/g, (quote) => quotes[quote])),
));
