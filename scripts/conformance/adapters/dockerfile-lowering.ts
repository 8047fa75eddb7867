import type { Adapter, Case } from '../adapter.ts';
import { isObject, type Json, listOf, objects, text } from '../json-shape.ts';
import { judge, type Lowering } from '../planning.ts';

/** Dockerfile and frontend attributes → image config and history. */
export const adapter: Adapter = {
  name: 'dockerfile-lowering',
  recognises: (_name, json) =>
    isObject(json) && isObject(json['baseImages']) && listOf(json['cases'], 'dockerfile'),
  *cases(json): Iterable<Case> {
    if (!isObject(json)) return;
    const baseImages = isObject(json['baseImages']) ? json['baseImages'] : {};
    for (const item of objects(json['cases'])) {
      yield { id: text(item['id']), run: () => judge(loweringOf(item), baseImages, item) };
    }
  },
};

function loweringOf(item: Json): Lowering {
  const attrs = isObject(item['attrs']) ? item['attrs'] : {};
  const target = attrs['target'];
  const platform = attrs['platform'];
  return {
    dockerfile: text(item['dockerfile']),
    buildArgs: withPrefix(attrs, 'build-arg:'),
    labels: withPrefix(attrs, 'label:'),
    ...(typeof target === 'string' ? { target } : {}),
    ...(typeof platform === 'string' ? { platform } : {}),
  };
}

function withPrefix(attrs: Json, prefix: string): Json {
  return Object.fromEntries(
    Object.entries(attrs).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
    ),
  );
}
