import { availableParallelism } from 'node:os';

/**
 * Makes room in the pool of libuv, before its first use: its four threads are all taken by the compression of one layer, and every read, write and
 * download waits behind them. Compression takes up to six more than there are processors (image/layer/gzip); four more are for files.
 * @param environment of this process, which libuv reads; a size that the user gave stays
 */
export function widenThreadPool(environment: NodeJS.ProcessEnv): void {
  environment['UV_THREADPOOL_SIZE'] ??= String(Math.min(availableParallelism(), 8) + 10);
}
