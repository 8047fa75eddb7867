import { widenThreadPool } from './base/thread-pool.ts';
import { serveWorker } from './worker/process/serve.ts';

widenThreadPool(process.env);
await serveWorker();
