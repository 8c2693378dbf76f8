// Writes FoldingData.cs from the Unicode data of the Node that runs it: node folding-data.mjs > FoldingData.cs
// Run it again only together with a new shape of every projection that folds text: stored words come from this table.

/** A code point of each canonical combining class that Unicode has. */
const representatives = Object.fromEntries(
  ('1:334 6:16FF0 7:93C 8:3099 9:94D 10:5B0 11:5B1 12:5B2 13:5B3 14:5B4 15:5B5 16:5B6 17:5B7 18:5B8 19:5B9 20:5BB 21:5BC 22:5BD 23:5BF ' +
    '24:5C1 25:5C2 26:FB1E 27:64B 28:64C 29:64D 30:64E 31:64F 32:650 33:651 34:652 35:670 36:711 84:C55 91:C56 103:E38 107:E48 ' +
    '118:EB8 122:EC8 129:F71 130:F72 132:F74 202:321 214:1DCE 216:31B 218:1DFA 220:316 222:59A 224:302E 226:1D16D 228:5AE ' +
    '230:300 232:315 233:35C 234:35D 240:345')
    .split(' ')
    .map(pair => pair.split(':'))
    .map(([combiningClass, code]) => [combiningClass, String.fromCodePoint(parseInt(code, 16))]));

const isHangul = code => code >= 0xac00 && code <= 0xd7a3;
const hex = code => code.toString(16).toUpperCase();
const codes = text => [...text].map(one => one.codePointAt(0));

/** The full case folding of a character, but for the iota that is written below a letter: it stays a mark. */
const foldCase = one => (one === '\u0345' ? one : [...one.toUpperCase()].map(upper => upper.toLowerCase()).join(''));

function fold(one) {
  for (let text = one; ;) {
    const folded = [...text.normalize('NFKD')].map(foldCase).join('').normalize('NFKD');
    if (folded === text) return folded;
    text = folded;
  }
}

function digitOf(code) {
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value % 10);
}

function target(code) {
  const one = String.fromCodePoint(code);
  if (code === 0x200b) return ' '; // It parts the words of scripts that write no space.
  if (/\p{Default_Ignorable_Code_Point}/u.test(one)) return '';
  if (/\p{S}/u.test(one)) return one; // Symbols part words, and a trade mark is no word.
  const folded = fold(one);
  if (folded.includes('\u2044') && one !== '\u2044') return one; // 30½ is not 301⁄2.
  return /^\p{Nd}$/u.test(folded) ? digitOf(folded.codePointAt(0)) : folded;
}

function combiningClassOf(one) {
  const orders = Object.entries(representatives).filter(([, other]) => {
    const [forth, back] = [`a${one}${other}`, `a${other}${one}`];
    return one === other || (forth.normalize('NFD') === forth && back.normalize('NFD') === back);
  });
  return orders.length === 1 ? Number(orders[0][0]) : 0;
}

const [folds, classes, pairs] = [[], [], []];
for (let code = 0x80; code <= 0x10ffff; code++) {
  const one = String.fromCodePoint(code);
  if ((code >= 0xd800 && code <= 0xdfff) || isHangul(code)) continue;
  const folded = target(code);
  const lower = one.toLowerCase();
  if (folded !== (codes(lower).length === 1 ? lower : one) || (folded !== one && codes(lower).length > 1)) folds.push([code, codes(folded)]);
  if (/\p{M}/u.test(one)) {
    const combiningClass = combiningClassOf(one);
    if (combiningClass > 0) classes.push([code, combiningClass]);
  }

  const canonical = one.normalize('NFD');
  if (canonical !== one && canonical.normalize('NFC') === one && folded === canonical) {
    const parts = codes(canonical);
    const first = codes(String.fromCodePoint(...parts.slice(0, -1)).normalize('NFC'));
    if (first.length === 1) pairs.push(`${hex(first[0])}.${hex(parts.at(-1))}=${hex(code)}`);
  }
}

/** Neighbours with neighbouring targets, with the same class, or without a target are one entry: first+count=target. */
function ranges(entries, goesOn, write) {
  const all = [];
  for (const [code, value] of entries) {
    const last = all.at(-1);
    if (last && code === last.code + last.count && goesOn(last, value)) last.count++;
    else all.push({ code, count: 1, value });
  }
  return all.map(({ code, count, value }) => `${hex(code)}${count > 1 ? `+${hex(count)}` : ''}=${write(value)}`);
}

function lines(name, summary, entries) {
  const wrapped = [''];
  for (const entry of entries) {
    if (wrapped.at(-1).length + entry.length + 1 > 110) wrapped.push('');
    wrapped[wrapped.length - 1] += `${wrapped.at(-1) && ' '}${entry}`;
  }
  return `    /// <summary>${summary}</summary>\n    public const string ${name} =\n        """\n${wrapped.map(line => `        ${line}\n`).join('')}        """;\n`;
}

process.stdout.write(`namespace ServerlessCqrs.Streams.Unicode;

/// <summary>Unicode ${process.versions.unicode}, as far as folding needs it. <c>folding-data.mjs</c> writes this file. All numbers are hexadecimal.</summary>
internal static class FoldingData
{
${lines('Folds', 'What a code point becomes, where that is not its simple lower case: <c>first+count=targets</c>.', ranges(
  folds,
  (last, value) => (last.value.length === 0 && value.length === 0) || (last.value.length === 1 && value.length === 1 && value[0] === last.value[0] + last.count),
  value => value.map(hex).join('.')))}
${lines('Classes', 'The canonical combining classes: <c>first+count=class</c>.', ranges(classes, (last, value) => last.value === value, hex))}
${lines('Pairs', 'What two code points compose to: <c>first.second=composed</c>.', pairs)}}
`);
