import { BuildError, toBuildError } from '../../base/errors.ts';
import type { WireError } from '../protocol.ts';

export function toWire(thrown: unknown): WireError {
  const error = toBuildError(thrown);
  return { kind: error.kind, code: error.code, message: error.message, hint: error.hint };
}

export function fromWire(error: WireError): BuildError {
  return new BuildError(error);
}
