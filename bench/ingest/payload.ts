import { Buffer } from 'node:buffer';

/** One id and every place in the body where it stands, as bytes or as hexadecimal text. */
type IdPlaces = { readonly asText: boolean; readonly words: number; readonly offsets: readonly number[] };

/** A body that is made once and sent again and again, each time with other ids. */
export type Payload = { readonly body: Buffer; readonly items: number; readonly ids: readonly IdPlaces[] };

/** `binary` are ids in hexadecimal that stand in the body as bytes, `texts` such that stand there as they are. */
export function payloadOf(
  body: Buffer,
  items: number,
  binary: ReadonlySet<string>,
  texts: ReadonlySet<string>,
): Payload {
  // Searching a text is ten times faster than searching a Buffer.
  const text = body.toString('latin1');
  const ids = [
    ...[...binary].map((id) => idOf(text, id, false)),
    ...[...texts].map((id) => idOf(text, id, true)),
  ];
  return { body, items, ids };
}

/** Gives every trace, span, run and call of a payload another id, in place. */
export function renewIds({ body, ids }: Payload, random: () => number): void {
  for (const { asText, words, offsets } of ids) {
    for (let word = 0; word < words; word++) {
      const value = 1 + Math.floor(random() * 0xfffffffe);
      const text = asText ? value.toString(16).padStart(8, '0') : '';
      for (const at of offsets) {
        if (asText) body.write(text, at + word * 8, 'latin1');
        else body.writeUInt32LE(value, at + word * 4);
      }
    }
  }
}

function idOf(text: string, id: string, asText: boolean): IdPlaces {
  const wanted = asText ? id : Buffer.from(id, 'hex').toString('latin1');
  return { asText, words: id.length / 8, offsets: placesOf(text, wanted) };
}

function placesOf(body: string, id: string): number[] {
  const places: number[] = [];
  for (let at = body.indexOf(id); at !== -1; at = body.indexOf(id, at + 1)) places.push(at);
  return places;
}
