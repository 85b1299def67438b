/** Places taken apart into what is evaluated to find them, and put together again. */
import type { Expression, Place, TrapSite } from '../ir/ir.ts';

/** Something evaluated in its turn: an operand, or an index whose check belongs to that turn. */
export interface Part {
  readonly expression: Expression;
  readonly check: { readonly site: TrapSite; readonly length: number } | null;
}

/** What is evaluated to find a place, in order. */
export function partsOf(place: Place): readonly Part[] {
  if (place.place === 'field') return [{ expression: place.object, check: null }];
  if (place.place !== 'element') return [];
  const length = place.array.type.tag === 'array' ? place.array.type.length : 0;
  const check = place.check === null ? null : { site: place.check, length };
  return [...partsOf(place.array), { expression: place.index, check }];
}

/** The same place with its parts replaced. */
export function withParts(place: Place, parts: readonly Part[]): Place {
  const last = parts.at(-1);
  if (last === undefined) return place;
  if (place.place === 'field') return { ...place, object: last.expression };
  if (place.place !== 'element') return place;
  const check = last.check === null ? null : place.check;
  return { ...place, array: withParts(place.array, parts.slice(0, -1)), index: last.expression, check };
}
