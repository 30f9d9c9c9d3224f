/** One element: a text, or elements inside. Arrays repeat the element; `undefined` leaves it out. */
type XmlValue = string | number | boolean | undefined | XmlElements | readonly XmlElements[];
interface XmlElements {
  readonly [name: string]: XmlValue;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** A document with one root element. */
export function toXml(root: string, elements: XmlElements): string {
  const content = render(elements);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
}

/** An error as S3 writes it: without a namespace. */
export function toXmlError(error: { code: string; message: string; requestId: string }): string {
  const content = render({ Code: error.code, Message: error.message, RequestId: error.requestId });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${content}</Error>`;
}

function render(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, value]) => {
      if (value === undefined) return '';
      if (typeof value !== 'object') return `<${name}>${escapeText(String(value))}</${name}>`;
      const list = isList(value) ? value : [value];
      return list.map((item) => `<${name}>${render(item)}</${name}>`).join('');
    })
    .join('');
}

function isList(value: XmlElements | readonly XmlElements[]): value is readonly XmlElements[] {
  return Array.isArray(value);
}

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character);
}
