/** Letters of other alphabets by the Latin letter for which a reader takes them, in lower case. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'аαɑᴀ',
  b: 'вьβƅʙ',
  c: 'сϲᴄ',
  d: 'ԁđɗժᴅ',
  e: 'еєҽεɛᴇ',
  f: 'ƒғք',
  g: 'ɡցɢԍ',
  h: 'нһհħʜ',
  i: 'іιıɩɪ',
  j: 'јϳʝյ',
  k: 'кκĸᴋ',
  l: 'ӏłɫʟ',
  m: 'мᴍ',
  n: 'пηոռɴ',
  o: 'оοσօøסᴏ',
  p: 'рρᴘ',
  q: 'ԛզ',
  r: 'гʀɼᴦ',
  s: 'ѕꜱʂ',
  t: 'тτŧᴛ',
  u: 'υսμʋᴜ',
  v: 'ѵνᴠ',
  w: 'ԝωшաᴡ',
  x: 'хχ×',
  y: 'уγүყʏ',
  z: 'ᴢʐ',
  '-': '‐‑‒–—―−ー',
  '.': '。',
  _: '‿⁀',
};

const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([plain, alike]) => Array.from(alike, (letter) => [letter, plain] as const)),
);

const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text as a reader takes it: one case, no accents, nothing invisible, and Latin letters in the place of those that look
 * like them. Two texts that differ afterwards can still be told apart by eye.
 */
export function asItLooks(text: string): string {
  // To upper case in between, because some letters (ß, ſ) have another form only there.
  const oneCase = text.normalize('NFKC').replace(UNSEEN, '').toLowerCase().toUpperCase().toLowerCase();
  const bare = oneCase.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ς', 'σ');
  return Array.from(bare, (letter) => PLAIN.get(letter) ?? letter).join('');
}
