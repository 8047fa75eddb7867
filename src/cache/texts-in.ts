/** All texts in a JSON value, however deep: what others wrote may be nested deeper than calls can be. Names of members are not among them. */
export function* textsIn(value: unknown): Generator<string> {
  const left = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') yield next;
    else if (typeof next === 'object' && next !== null)
      for (const each of Object.values(next)) left.push(each);
  }
}
