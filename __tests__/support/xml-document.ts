/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** What stands directly in it, without the blanks around elements. */
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** XML 1.0 (fifth edition), section 2.2. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const NAME = '[A-Za-z_][\\w.-]*';

/**
 * Reads a document of elements, attributes and text and takes nothing that is not well-formed.
 * @throws SyntaxError
 */
export function readXml(text: string): XmlElement {
  if (FORBIDDEN.test(text)) throw new SyntaxError('a character that XML cannot hold');
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === text) throw new SyntaxError('no XML declaration');
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [
    { name: '', attributes: {}, children: [], text: '' },
  ];
  const tag = new RegExp(`<(/?)(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`, 'y');
  for (let at = 0; at < body.length; ) {
    const next = body.indexOf('<', at);
    const between = body.slice(at, next === -1 ? undefined : next);
    const around = open.at(-1);
    if (between.trim() !== '') {
      if (around === undefined || open.length === 1)
        throw new SyntaxError(`text outside of elements: ${between}`);
      around.text += withoutEntities(between);
    }
    if (next === -1) break;
    tag.lastIndex = next;
    const match = tag.exec(body);
    if (match === null) throw new SyntaxError(`no tag: ${body.slice(next, next + 80)}`);
    const [whole, closing, name = '', attributes = '', empty] = match;
    at = next + whole.length;
    const parent = open.at(-1);
    if (closing === '/') {
      if (parent?.name !== name) throw new SyntaxError(`</${name}> closes ${parent?.name}`);
      open.pop();
      continue;
    }
    const element = { name, attributes: readAttributes(attributes), children: [], text: '' };
    parent?.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [root] = open;
  const [document, more] = root?.children ?? [];
  if (open.length !== 1 || document === undefined || more !== undefined)
    throw new SyntaxError('not one closed element');
  return document;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([^\s=]+)="([^"]*)"/g)) {
    if (name in attributes) throw new SyntaxError(`${name} stands twice`);
    // Line ends and tabs that are written as such become blanks (section 3.3.3).
    attributes[name] = withoutEntities(value.replace(/[\t\r\n]/g, ' '));
  }
  return attributes;
}

function withoutEntities(text: string): string {
  return text.replace(/&([^;]*;?)/g, (_, entity: string) => {
    const known = ENTITIES[entity.replace(/;$/, '')];
    const number = /^#(?:x([\da-f]+)|(\d+));$/i.exec(entity);
    if (known !== undefined && entity.endsWith(';')) return known;
    if (number === null) throw new SyntaxError(`&${entity} is no entity`);
    return String.fromCodePoint(Number.parseInt(number[1] ?? number[2] ?? '', number[1] ? 16 : 10));
  });
}
