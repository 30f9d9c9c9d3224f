/** The words of a person's name, without case, accents and punctuation: "O’Brien, Sinéad" → o, brien, sinead. */
function nameWords(name: string): ReadonlySet<string> {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''));
}

/** How much of the longer of two names both have, from 0 (nothing, or a name is not known) to 1 (the same words). */
export function sharedNameWords(one: string, other: string): number {
  const [words, others] = [nameWords(one), nameWords(other)];
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared / Math.max(words.size, others.size, 1);
}
