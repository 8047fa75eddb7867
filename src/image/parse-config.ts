import { CONTAINER_FIELDS } from './container-fields.ts';
import { type DiffId, parseDiffId } from './digest.ts';
import { badManifest, JsonFields } from './json-fields.ts';
import { type ImageManifest, platformOf } from './parse-manifest.ts';
import type { ContainerConfig, Healthcheck, HistoryEntry, Image, ImageConfig, Repository } from './types.ts';

const MAX_CONFIG = 8 * 1024 * 1024;
const CONFIG_FIELDS = [
  'created',
  'author',
  'architecture',
  'variant',
  'os',
  'os.version',
  'config',
  'rootfs',
  'history',
];

type Defined<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> };

/**
 * Reads an image config (OCI image-spec 1.1, config.md, or Docker's, which has more). Fields that we do not know stay, also in `config`; null counts as missing.
 * @throws BuildError `BAD_MANIFEST`
 */
export function parseImageConfig(bytes: Uint8Array): ImageConfig {
  if (bytes.length > MAX_CONFIG) throw badManifest(`The image config has more than ${MAX_CONFIG} bytes`);
  const fields = JsonFields.parse(bytes, 'image config');
  const rootfs = fields.object('rootfs');
  if (rootfs.text('type') !== 'layers')
    throw badManifest('The root file system of the image is not made of layers');
  const container = fields.optionalObject('config');
  return {
    ...defined({ created: fields.optionalText('created'), author: fields.optionalText('author') }),
    ...platformOf(fields),
    ...fields.others(CONFIG_FIELDS),
    config: container === undefined ? {} : containerOf(container),
    rootfs: { type: 'layers', diff_ids: (rootfs.optionalTexts('diff_ids') ?? []).map(diffIdIn) },
    history: fields.objects('history').map(historyOf),
  };
}

/**
 * A foreign image as ours. `source` is where its blobs can be had.
 * @throws BuildError `BAD_MANIFEST` when manifest and config tell of different numbers of layers
 */
export function imageFrom(manifest: ImageManifest, config: ImageConfig, source?: Repository): Image {
  const { diff_ids } = config.rootfs;
  if (manifest.layers.length !== diff_ids.length) {
    throw badManifest(
      `The manifest has ${manifest.layers.length} layers, and the image config tells of ${diff_ids.length}`,
    );
  }
  const sources = source === undefined ? [] : [source];
  return {
    platform: platformIn(config),
    config,
    layers: manifest.layers.flatMap((descriptor, i) => {
      const diffId = diff_ids[i];
      return diffId === undefined ? [] : [{ descriptor, diffId, sources }];
    }),
    ...(manifest.annotations === undefined ? {} : { annotations: manifest.annotations }),
  };
}

function platformIn(config: ImageConfig): Image['platform'] {
  const { os, architecture, variant, 'os.version': version } = config;
  return { os, architecture, ...defined({ variant, 'os.version': version }) };
}

function containerOf(fields: JsonFields): ContainerConfig {
  const healthcheck = fields.optionalObject('Healthcheck');
  return {
    ...fields.others(CONTAINER_FIELDS),
    ...defined({
      User: fields.optionalText('User'),
      ExposedPorts: fields.optionalSet('ExposedPorts'),
      Env: fields.optionalTexts('Env'),
      Entrypoint: fields.optionalTexts('Entrypoint'),
      Cmd: fields.optionalTexts('Cmd'),
      Volumes: fields.optionalSet('Volumes'),
      WorkingDir: fields.optionalText('WorkingDir'),
      Labels: fields.optionalTextMap('Labels'),
      StopSignal: fields.optionalText('StopSignal'),
      ArgsEscaped: fields.optionalBoolean('ArgsEscaped'),
      Healthcheck: healthcheck === undefined ? undefined : healthcheckOf(healthcheck),
      OnBuild: fields.optionalTexts('OnBuild'),
      Shell: fields.optionalTexts('Shell'),
    }),
  };
}

function healthcheckOf(fields: JsonFields): Healthcheck {
  return defined({
    Test: fields.optionalTexts('Test'),
    Interval: fields.optionalCount('Interval'),
    Timeout: fields.optionalCount('Timeout'),
    StartPeriod: fields.optionalCount('StartPeriod'),
    StartInterval: fields.optionalCount('StartInterval'),
    Retries: fields.optionalCount('Retries'),
  });
}

function historyOf(fields: JsonFields): HistoryEntry {
  return defined({
    created: fields.optionalText('created'),
    created_by: fields.optionalText('created_by'),
    author: fields.optionalText('author'),
    comment: fields.optionalText('comment'),
    empty_layer: fields.optionalBoolean('empty_layer'),
  });
}

/** Without the fields that are undefined. */
function defined<T extends object>(value: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<
    Defined<T>
  >;
}

function diffIdIn(text: string): DiffId {
  try {
    return parseDiffId(text);
  } catch (cause) {
    throw badManifest(`The image config has "${text}" where a diffID should be`, cause);
  }
}
