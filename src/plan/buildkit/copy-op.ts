import { posix } from 'node:path';
import { digestOf } from '../../image/digest.ts';
import type { ContentSelector, SolverVertex } from '../../image/solver-vertex.ts';
import type { CopyOp, CopySource, VertexId } from '../graph.ts';
import { DIALECTS, type Dialect, toldIndexes } from './dialect.ts';
import { type FileAction, fileOp, inlineFile, ownerOf, rootedPath, timestamp } from './file-op.ts';
import { type GoValue, goJson, message } from './go-json.ts';
import type { SolverFacts } from './solver-facts.ts';

/** The inputs of a COPY or ADD; undefined for scratch. */
export interface CopyInputs {
  readonly ids: readonly VertexId[];
  readonly vertices: readonly (SolverVertex | undefined)[];
  /** What a download is called. */
  readonly fileNames: readonly (string | undefined)[];
}

/** The body of a copy of any of the sources. */
type CopyBody = (base: number, dialect: Dialect, source: CopyFields) => GoValue;

interface CopyFields {
  readonly src: string;
  /** A path of a context or stage, with all that comes with one. */
  readonly isPath: boolean;
  readonly unpack: boolean;
  readonly include?: readonly string[];
  /** Has to be there, when the pattern is not one of --parents that may match nothing. */
  readonly required?: readonly string[];
}

/** COPY and ADD as the Dockerfile frontend lowers them (BuildKit: frontend/dockerfile/dockerfile2llb/convert_copy.go, dispatchCopy). */
export function copyVertex(op: CopyOp, inputs: CopyInputs, facts: SolverFacts): SolverVertex {
  const [base] = inputs.vertices;
  const actions = op.sources.map((source) => actionOf(op, source, inputs, facts));
  if (!op.link) return fileOp(base, actions, facts);
  const alone = fileOp(undefined, actions, facts);
  return base === undefined ? alone : merged(base, alone);
}

/** BuildKit: solver/llbsolver/ops/merge.go, CacheMap. */
function merged(base: SolverVertex, alone: SolverVertex): SolverVertex {
  const digests = DIALECTS.map((dialect) => {
    const inputs = [0, 1].map((input) => message({ input }, toldIndexes(dialect)));
    return digestOf(goJson({ Type: 'buildkit.merge.v0', Merge: { inputs } }));
  });
  return {
    digests: [...new Set(digests)],
    inputs: [base, alone].map((vertex) => ({ vertex, selectors: [''] })),
    base,
    alone,
  };
}

function actionOf(op: CopyOp, source: CopySource, inputs: CopyInputs, facts: SolverFacts): FileAction {
  const body = bodyOf(op, facts);
  switch (source.kind) {
    case 'inline': {
      const path = posix.join('/', source.name);
      const src = posix.basename(path);
      return {
        body: (base, dialect) => body(base, dialect, { src, isPath: false, unpack: false }),
        from: { vertex: inlineFile(path, 0o644, source.content), made: true, selector: plain(path) },
      };
    }
    case 'remote': {
      const vertex = inputs.vertices[source.from];
      const path = posix.join('/', inputs.fileNames[source.from] ?? '/');
      const unpack = op.unpack === 'always';
      return {
        body: (base, dialect) => body(base, dialect, { src: baseName(path), isPath: false, unpack }),
        from: { vertex, selector: plain(path) },
      };
    }
    case 'path':
      return pathAction(op, source, inputs, body);
  }
}

function pathAction(
  op: CopyOp,
  { from, pattern }: Extract<CopySource, { kind: 'path' }>,
  inputs: CopyInputs,
  body: CopyBody,
): FileAction {
  const pivot = pattern.indexOf('/./');
  const path = rootedPath(op.parents ? (pivot === -1 ? '/' : pattern.slice(0, pivot)) : pattern);
  const below = rootedPath(pivot === -1 ? pattern : pattern.slice(pivot + 3));
  const isSure = !hasWildcard(path) && !hasWildcard(below);
  const include = op.parents ? [below.slice(1)] : [];
  const required = op.parents && isSure ? [rootedPath(`${path}/${below}`)] : [];
  const vertex = inputs.vertices[from];
  const files = inputs.ids[from];
  // The whole path counts where there is no input to tell the rest.
  const src = vertex === undefined ? path : baseName(path);
  return {
    body: (base, dialect) =>
      body(base, dialect, { src, isPath: true, unpack: op.unpack !== 'never', include, required }),
    from: {
      vertex,
      ...(files === undefined ? {} : { files }),
      selector: { path, wildcard: hasWildcard(path), followLinks: true, include, exclude: op.exclude },
    },
  };
}

/** BuildKit: solver/pb/ops.proto, FileActionCopy. */
function bodyOf(op: CopyOp, facts: SolverFacts): CopyBody {
  return (base, dialect, { src, isPath, unpack, include = [], required = [] }) =>
    message({
      src,
      dest: destinationOf(op.destination),
      owner: ownerOf(op.chown ?? '', base, dialect),
      ...modeOf(op.chmod),
      followSymlink: isPath,
      dirCopyContents: isPath,
      attemptUnpackDockerCompatibility: unpack,
      createDestPath: true,
      allowWildcard: isPath,
      allowEmptyWildcard: isPath,
      timestamp: timestamp(dialect.timed === 'everything' ? facts.epoch : undefined),
      include_patterns: include,
      exclude_patterns: op.exclude,
      ...(isOctal(op.chmod) ? {} : { modeStr: op.chmod }),
      ...(dialect.requiredPaths === undefined ? {} : { [dialect.requiredPaths]: required }),
    });
}

function modeOf(chmod: string | undefined): { readonly mode: number } {
  if (chmod === undefined) return { mode: -1 };
  return { mode: isOctal(chmod) ? Number.parseInt(chmod, 8) : 0 };
}

function isOctal(chmod: string | undefined): boolean {
  return chmod === undefined || /^[0-7]+$/.test(chmod);
}

/** Cleaned, but a slash or `/.` at the end stays (BuildKit: client/llb/fileop.go, normalizePath). */
function destinationOf(destination: string): string {
  const path = rootedPath(destination);
  if (destination.endsWith('/')) return path === '/' ? path : `${path}/`;
  if (destination.endsWith('/.')) return path === '/' ? '/.' : `${path}/.`;
  return path;
}

function plain(path: string): ContentSelector {
  return { path, wildcard: false, followLinks: false, include: [], exclude: [] };
}

function baseName(path: string): string {
  return path === '/' ? '/' : posix.basename(path);
}

function hasWildcard(path: string): boolean {
  return /^(?:[^\\*?[]|\\.)*[*?[]/s.test(path);
}
