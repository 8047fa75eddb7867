import type { WireMount, WireRun } from '../protocol.ts';
import type { RunRequest, WorkerMount } from '../worker.ts';

export function encodeRun(request: RunRequest): WireRun {
  return { ...request, mounts: request.mounts.map(encodeMount) };
}

export function decodeRun(request: WireRun): RunRequest {
  return { ...request, mounts: request.mounts.map(decodeMount) };
}

function encodeMount(mount: WorkerMount): WireMount {
  if (mount.type !== 'file') return mount;
  return { ...mount, content: Buffer.from(mount.content).toString('base64') };
}

function decodeMount(mount: WireMount): WorkerMount {
  if (mount.type !== 'file') return mount;
  return { ...mount, content: Buffer.from(mount.content, 'base64') };
}
